package io.github.jsendfile.cli.serve;

/// What a JVM that serves needs to be told before its first virtual thread.
public final class ServingJvm {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String LOG_LINE = "java.util.logging.SimpleFormatter.format";

  /// Reading a cold file holds a carrier as long as the disk takes.
  private static final int FEWEST_CARRIERS = 8;

  private ServingJvm() {}

  public static void prepare() {
    int carriers = Math.max(FEWEST_CARRIERS, Runtime.getRuntime().availableProcessors());
    setUnlessSet(PARALLELISM, Integer.toString(carriers));
    boolean debug = System.getenv("JSENDFILE_DEBUG") != null;
    setUnlessSet(LOG_LINE, debug ? "jsendfile: %5$s%6$s%n" : "jsendfile: %5$s%n");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
