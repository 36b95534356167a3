package io.github.jsendfile.linux;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether foreign calls can be had here. Absence is a value with a reason, and never an
/// exception when a class is loaded.
///
/// @param kernel the calls; null when they cannot be had
/// @param reason in one sentence, why not; empty when they can
public record NativeAccess(@Nullable Kernel kernel, String reason) {
  /// The system property that forces mechanisms off.
  public static final String OFF_PROPERTY = "jsendfile.off";

  private static final class Holder {
    static final NativeAccess HERE = look();
    static final boolean SHOWN = JdkDescriptors.areShown();
    static final @Nullable Descriptors DESCRIPTORS =
        HERE.kernel() == null ? null : new Descriptors(HERE.kernel());
  }

  /// This process's, looked for once.
  public static NativeAccess here() {
    return Holder.HERE;
  }

  /// This process's descriptors.
  ///
  /// @return null where foreign calls cannot be had
  public static @Nullable Descriptors descriptors() {
    return Holder.DESCRIPTORS;
  }

  /// Whether the JDK shows the descriptors of its channels.
  public static boolean descriptorsAreShown() {
    return Holder.SHOWN;
  }

  /// What to do for that.
  public static String howToShowDescriptors() {
    String opens = " --add-opens=java.base/%s=" + moduleName();
    return "is not shown by the JDK: start Java with"
        + opens.formatted("sun.nio.ch")
        + opens.formatted("java.io");
  }

  private static String moduleName() {
    Module own = NativeAccess.class.getModule();
    return own.isNamed() ? own.getName() : "ALL-UNNAMED";
  }

  /// Whether a mechanism is forced off.
  ///
  /// @param word its short name
  public static boolean isOff(String word) {
    return Arrays.stream(System.getProperty(OFF_PROPERTY, "").split(",", -1))
        .anyMatch(off -> off.strip().equalsIgnoreCase(word));
  }

  private static NativeAccess look() {
    if (isOff("native")) {
      return absent("switched off by the system property " + OFF_PROPERTY);
    }
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return absent("there is a native mechanism for Linux only");
    }
    String architecture = System.getProperty("os.arch", "");
    if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
      return absent("the native mechanism is for x86-64 and AArch64, not for " + architecture);
    }
    if (!NativeAccess.class.getModule().isNativeAccessEnabled()) {
      return absent(
          "native access is not granted: start Java with --enable-native-access=" + moduleName());
    }
    try {
      return new NativeAccess(new SystemKernel(), "");
    } catch (RuntimeException | LinkageError e) {
      return absent("the C library cannot be called: " + e.getMessage());
    }
  }

  private static NativeAccess absent(String reason) {
    return new NativeAccess(null, reason);
  }
}
