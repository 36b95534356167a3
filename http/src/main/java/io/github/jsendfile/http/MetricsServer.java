package io.github.jsendfile.http;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.http.connection.AnswerLog;
import io.github.jsendfile.http.connection.HttpConnections;
import io.github.jsendfile.http.connection.SendingLimits;
import io.github.jsendfile.http.connection.TimeLimits;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.message.ResponseHead;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.server.listener.Deadlines;
import io.github.jsendfile.server.listener.Listener;
import io.github.jsendfile.server.log.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;

/// Tells what servers count, on a port of its own: `/metrics` in the text format of Prometheus, and
/// `/health` that the process is there. It knows no users and counts nothing itself. Thread-safe.
public final class MetricsServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 100;

  private final Deadlines deadlines;
  private final Listener listener;

  private MetricsServer(InetSocketAddress address, Metrics metrics) throws IOException {
    deadlines = Deadlines.start();
    Service pages =
        StatusPages.metrics(
            "/metrics", metrics, StatusPages.health("/health", _ -> Optional.empty()));
    HttpConnections connections =
        new HttpConnections(
            pages,
            ErrorAnswersFromPages.INSTANCE,
            AnswerLog.NONE,
            new ResponseHead(new HttpClock(InstantSource.system()), "JSendfile"),
            SendingLimits.of(
                FileSender.builder().stallTimeout(TimeLimits.DEFAULT.stall()),
                Bandwidth.unlimited()),
            TimeLimits.DEFAULT,
            deadlines);
    try {
      listener =
          Listener.builder(connections)
              .name("metrics")
              .address(address)
              .maxConnections(MOST_CONNECTIONS)
              .start();
    } catch (IOException | RuntimeException e) {
      deadlines.close();
      throw e;
    }
  }

  /// Begins to tell.
  ///
  /// @param address where; port 0 for any free one
  /// @param metrics what counts
  /// @return a server, to be closed by the caller
  /// @throws IOException if it cannot listen there
  public static MetricsServer start(InetSocketAddress address, Metrics metrics) throws IOException {
    return new MetricsServer(address, metrics);
  }

  /// Where it listens.
  ///
  /// @return address and actual port
  public InetSocketAddress address() {
    return listener.address();
  }

  /// Ends at once.
  @Override
  public void close() {
    listener.close();
    deadlines.close();
  }
}
