package io.github.jsendfile.cli.console;

import org.jspecify.annotations.Nullable;

/// Which version this is, and what it runs on.
public final class Version {
  private Version() {}

  public static String[] lines() {
    return new String[] {"jsendfile " + number() + " (" + java() + "; " + system() + ")"};
  }

  public static String number() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  public static String java() {
    return "Java " + Runtime.version();
  }

  public static String system() {
    return String.join(
        " ",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }
}
