package io.github.jsendfile.cli;

import org.jspecify.annotations.Nullable;

/// Which version this is, and what it runs on.
final class Version {
  private Version() {}

  static String[] lines() {
    return new String[] {"jsendfile " + number() + " (" + java() + "; " + system() + ")"};
  }

  static String number() {
    @Nullable String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  static String java() {
    return "Java " + Runtime.version();
  }

  static String system() {
    return String.join(
        " ",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }
}
