package io.github.jsendfile.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jsendfile.Mechanism;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleSupplier;

/// What servers count, in the text format of Prometheus. A server that is not asked for metrics
/// has none of these, and then counts nothing. Thread-safe.
public final class Metrics {
  /// What the answer to a scrape says its content is.
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final String NO_FILE = "none";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter requests;
  private final Counter sent;
  private final Counter received;
  private final Counter incomplete;
  private final Counter seconds;
  private final Counter timeouts;
  private final Counter logins;

  private Metrics() {
    requests =
        counter("requests", "Answers, by protocol and class of the status.", "protocol", "status");
    sent = counter("sent_bytes", "Bytes of files and bodies sent.", "protocol", "mechanism");
    received =
        counter("received_bytes", "Bytes of files and bodies received.", "protocol", "mechanism");
    incomplete = counter("incomplete", "Answers that did not become whole.", "protocol");
    seconds = counter("request_seconds", "Time that answers took, all together.", "protocol");
    timeouts = counter("timeouts", "What a time limit has ended, by limit.", "limit");
    logins = counter("logins", "Names and passwords given, right or wrong.", "protocol", "result");
  }

  /// New metrics, all zero.
  ///
  /// @return metrics for one server, or for one of each protocol
  public static Metrics create() {
    return new Metrics();
  }

  /// Counts a request that was answered.
  ///
  /// @param entry what was done
  public void answered(AccessEntry entry) {
    String protocol = entry.protocol();
    Mechanism way = entry.mechanism();
    String mechanism = way == null ? NO_FILE : way.word();
    requests.labelValues(protocol, entry.status() / 100 + "xx").inc();
    seconds.labelValues(protocol).inc(entry.elapsed().toNanos() / 1e9);
    if (entry.bytesSent() > 0) {
      sent.labelValues(protocol, mechanism).inc(entry.bytesSent());
    }
    if (entry.bytesReceived() > 0) {
      received.labelValues(protocol, mechanism).inc(entry.bytesReceived());
    }
    if (entry.failure() != null) {
      incomplete.labelValues(protocol).inc();
    }
  }

  /// Counts a connection that a time limit has ended.
  ///
  /// @param limit which one: `head`, `body`, `stall` (nothing was taken, or too little), `idle`,
  ///     `login`; not what clients choose
  public void timedOut(String limit) {
    timeouts.labelValues(limit).inc();
  }

  /// Counts a name and a password that were given: over FTP once a session, over HTTP with every
  /// request.
  ///
  /// @param protocol by which
  /// @param right whether they were
  public void loggedIn(String protocol, boolean right) {
    logins.labelValues(protocol, right ? "ok" : "failed").inc();
  }

  /// Shows a number that goes up and down.
  ///
  /// @param name letters and `_`; `jsendfile_` comes before it
  /// @param help a sentence
  /// @param value asked at each scrape
  /// @throws IllegalArgumentException if there is one of that name already
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name("jsendfile_" + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// Shows a number that only goes up.
  ///
  /// @param name letters and `_`; `jsendfile_` comes before it, `_total` behind
  /// @param help a sentence
  /// @param value asked at each scrape
  /// @throws IllegalArgumentException if there is one of that name already
  public void total(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name("jsendfile_" + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// All numbers as they are now.
  ///
  /// @return lines for Prometheus
  public String scrape() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes what it is given
    }
    return text.toString(UTF_8);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name("jsendfile_" + name)
        .help(help)
        .labelNames(labels)
        .register(registry);
  }
}
