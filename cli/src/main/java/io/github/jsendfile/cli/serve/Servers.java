package io.github.jsendfile.cli.serve;

import io.github.jsendfile.ftp.FtpServer;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.http.MetricsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The servers of one command, which end together.
///
/// @param http for browsers; null if it is not on
/// @param ftp for FTP clients; null if it is not on
/// @param metrics for Prometheus; null if it has no port of its own
record Servers(
    @Nullable HttpFileServer http, @Nullable FtpServer ftp, @Nullable MetricsServer metrics) {
  boolean hasHttp() {
    return http != null;
  }

  boolean hasFtp() {
    return ftp != null;
  }

  /// How many connections are open, those of whoever watches not counted.
  int active() {
    return (http == null ? 0 : http.active()) + (ftp == null ? 0 : ftp.active());
  }

  /// Ends all at once in peace, within one limit; what is counted can be seen until then.
  void drain(Duration limit) {
    List<Thread> draining = new ArrayList<>();
    if (http != null) {
      draining.add(Thread.ofPlatform().start(() -> http.drain(limit)));
    }
    if (ftp != null) {
      draining.add(Thread.ofPlatform().start(() -> ftp.drain(limit)));
    }
    try {
      for (Thread each : draining) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (metrics != null) {
      metrics.close();
    }
  }

  /// Where they are found.
  List<String> urls() {
    List<String> urls = new ArrayList<>();
    if (http != null) {
      urls.addAll(LocalAddresses.urls("http", http.address()));
    }
    if (ftp != null) {
      urls.addAll(LocalAddresses.urls("ftp", ftp.address()));
    }
    return urls;
  }
}
