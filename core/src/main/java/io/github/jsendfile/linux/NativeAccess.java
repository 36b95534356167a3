package io.github.jsendfile.linux;

import org.jspecify.annotations.Nullable;

/// Whether foreign calls can be had here. Absence is a value with a reason, and never an
/// exception when a class is loaded.
///
/// @param kernel the calls; null when they cannot be had
/// @param reason in one sentence, why not; empty when they can
public record NativeAccess(@Nullable Kernel kernel, String reason) {
  private static final class Holder {
    static final NativeAccess HERE = look();
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

  private static NativeAccess look() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return absent("there is a native mechanism for Linux only");
    }
    String architecture = System.getProperty("os.arch", "");
    if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
      return absent("the native mechanism is for x86-64 and AArch64, not for " + architecture);
    }
    Module own = NativeAccess.class.getModule();
    String name = own.isNamed() ? own.getName() : "ALL-UNNAMED";
    if (!own.isNativeAccessEnabled()) {
      return absent("native access is not granted: start Java with --enable-native-access=" + name);
    }
    if (!JdkDescriptors.areShown()) {
      return absent(
          "the JDK does not show its descriptors: start Java with --add-opens=java.base/sun.nio.ch="
              + name
              + " --add-opens=java.base/java.io="
              + name);
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
