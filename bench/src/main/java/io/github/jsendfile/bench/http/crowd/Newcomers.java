package io.github.jsendfile.bench.http.crowd;

import io.github.jsendfile.bench.figures.Numbers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// New clients of a server, one after the other: how long each took to connect and to get 1 MiB,
/// in milliseconds. Infinite is one that got nothing for a while; none comes after it.
final class Newcomers {
  /// How long one waits.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /// How long they go on coming.
  private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final double[] millis;

  private Newcomers(double[] millis) {
    this.millis = millis;
  }

  static Newcomers of(int port, int most) throws IOException {
    List<Double> millis = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    long end = System.nanoTime() + ENOUGH_NANOS;
    try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      double last = 0;
      while (millis.size() < most && Double.isFinite(last) && System.nanoTime() < end) {
        last = one(port, buffer, timer);
        millis.add(last);
      }
      timer.shutdownNow();
    }
    return new Newcomers(millis.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double one(int port, ByteBuffer buffer, ScheduledExecutorService timer)
      throws IOException {
    long start = System.nanoTime();
    try (SocketChannel client = SocketChannel.open()) {
      Future<?> end = timer.schedule(() -> end(client), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.write(CrowdClients.request("/mebibyte"));
      CrowdClients.read(client, buffer);
      end.cancel(false);
    } catch (ClosedChannelException e) {
      return Double.POSITIVE_INFINITY;
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static void end(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      // it is closed all the same
    }
  }

  double quantile(double part) {
    return Numbers.quantile(millis, part);
  }

  /// For a table.
  String text(double part) {
    double value = quantile(part);
    return Double.isInfinite(value) ? "never" : Numbers.text(value);
  }
}
