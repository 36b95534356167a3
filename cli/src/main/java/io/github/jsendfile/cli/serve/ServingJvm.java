package io.github.jsendfile.cli.serve;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.HttpFileServer;
import java.lang.invoke.MethodHandles;

/// What a JVM that serves needs to be told before its first virtual thread.
public final class ServingJvm {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String LOG_LINE = "java.util.logging.SimpleFormatter.format";

  /// Jetty's table of media types asks for all locales of the JDK, a third of the start.
  /// This leaves it English, and nothing here speaks another language.
  private static final String LOCALES = "java.locale.providers";

  private ServingJvm() {}

  public static void prepare() {
    if (System.getProperty(PARALLELISM) == null) {
      Carriers.watch();
    }
    setUnlessSet(LOCALES, "SPI");
    boolean debug = System.getenv("JSENDFILE_DEBUG") != null;
    setUnlessSet(LOG_LINE, debug ? "jsendfile: %5$s%6$s%n" : "jsendfile: %5$s%n");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /// Loads what takes longest to load, while the options are being read: the tables of HTTP and the
  /// system calls.
  public static void warmUp() {
    Thread.ofPlatform().daemon().name("jsendfile-warm-up").start(ServingJvm::load);
  }

  private static void load() {
    try {
      MethodHandles.lookup().ensureInitialized(HttpFileServer.class);
      Mechanism.NATIVE.availability();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public class", e);
    }
  }
}
