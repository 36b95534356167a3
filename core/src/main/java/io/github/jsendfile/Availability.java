package io.github.jsendfile;

import io.github.jsendfile.linux.NativeAccess;
import java.util.Arrays;
import java.util.Locale;

/// Whether a [Mechanism] can be had in this process, and why not.
///
/// @param mechanism the mechanism spoken of
/// @param available whether a transfer may use it
/// @param detail in one sentence, what it does here, or why it cannot be had
public record Availability(Mechanism mechanism, boolean available, String detail) {
  /// The system property that forces mechanisms off: their short names, separated by commas, for
  /// example `-Djsendfile.off=native,channel`. Read whenever a [FileSender] is built.
  public static final String OFF_PROPERTY = NativeAccess.OFF_PROPERTY;

  static Availability of(Mechanism mechanism) {
    if (NativeAccess.isOff(mechanism.word())) {
      return new Availability(
          mechanism, false, "switched off by the system property " + OFF_PROPERTY);
    }
    return switch (mechanism) {
      case NATIVE -> ofNative(NativeAccess.here());
      case CHANNEL_TRANSFER -> new Availability(mechanism, true, byTheJdk());
      case BUFFERED_COPY ->
          new Availability(mechanism, true, "copies through a direct buffer, on any platform");
    };
  }

  private static Availability ofNative(NativeAccess access) {
    if (access.kernel() == null) {
      return new Availability(Mechanism.NATIVE, false, access.reason());
    }
    return new Availability(
        Mechanism.NATIVE,
        true,
        NativeAccess.descriptorsAreShown()
            ? "sendfile(2), called directly"
            : "sendfile(2), called directly, for files given as a Path; a FileChannel's descriptor "
                + NativeAccess.howToShowDescriptors());
  }

  private static String byTheJdk() {
    String call =
        switch (operatingSystem()) {
          case "linux" -> "sendfile(2)";
          case "mac" -> "sendfile(2)";
          case "windows" ->
              Boolean.getBoolean("jdk.nio.enableFastFileTransfer")
                  ? "TransmitFile"
                  : "a copy (-Djdk.nio.enableFastFileTransfer=true makes it TransmitFile)";
          default -> "what the platform has";
        };
    return "FileChannel.transferTo, which is " + call + "; by the JDK, unverified";
  }

  private static String operatingSystem() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(new String[] {"linux", "mac", "windows"})
        .filter(name::startsWith)
        .findFirst()
        .orElse("");
  }
}
