package io.github.jsendfile.bench.small;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.Transfer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// 1 MiB to a peer that takes it in bursts, over small buffers, so that the sender waits again and
/// again. The same `transferTo` by hand waits inside the kernel, which is the cheapest wait there
/// is, and one that no limit can end.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WaitCost {
  static final int FILE_BYTES = 1 << 20;
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  private final FileSender sender = FileSender.defaults();

  @SuppressWarnings("NullAway.Init") // by connect()
  private Link link;

  private long waits;

  /// Connects.
  @Setup(Level.Trial)
  public void connect() throws IOException {
    link = Link.stream(Link.BURSTS_PORT, FILE_BYTES);
    link.socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
  }

  /// Disconnects.
  @TearDown(Level.Trial)
  public void disconnect() throws IOException {
    link.close();
  }

  /// Reads the clock.
  @Setup(Level.Iteration)
  public void begin() {
    waits = 0;
    CpuProfiler.senderBegins();
  }

  /// Reads the clock.
  @TearDown(Level.Iteration)
  public void end() {
    CpuProfiler.senderEnds(waits);
  }

  @Benchmark
  public Transfer jsendfile() throws IOException {
    Transfer transfer = sender.send(link.region(), link.socket);
    waits += transfer.waits();
    return transfer;
  }

  @Benchmark
  public long readAndWrite() throws IOException {
    return link.copy(link.file);
  }

  @Benchmark
  public long transferTo() throws IOException {
    return link.transferTo(link.file, 0);
  }
}
