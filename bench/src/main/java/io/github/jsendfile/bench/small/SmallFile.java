package io.github.jsendfile.bench.small;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.Payload;
import io.github.jsendfile.Transfer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A file of 4 KiB behind a head, as a server sends it: the file open already, or by its name; one
/// answer at a time, or one after the other as fast as they go.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SmallFile {
  static final int FILE_BYTES = 4 * 1024;

  /// Whether the peer answers to each before the next is sent.
  @Param({"true", "false"})
  public boolean answered;

  private final FileSender sender = FileSender.defaults();

  @SuppressWarnings("NullAway.Init") // by connect()
  private Link link;

  /// Connects.
  @Setup(Level.Trial)
  public void connect() throws IOException {
    link = answered ? Link.answered(FILE_BYTES, true) : Link.stream(Link.FAST_PORT, FILE_BYTES);
  }

  /// Disconnects.
  @TearDown(Level.Trial)
  public void disconnect() throws IOException {
    link.close();
  }

  /// Reads the clock.
  @Setup(Level.Iteration)
  public void begin() {
    CpuProfiler.senderBegins();
  }

  /// Reads the clock.
  @TearDown(Level.Iteration)
  public void end() {
    CpuProfiler.senderEnds(0);
  }

  @Benchmark
  public long openJsendfile() throws IOException {
    return answered(sender.send(Payload.of(link.head(), link.region()), link.socket).totalBytes());
  }

  @Benchmark
  public long openHeadThenTransferTo() throws IOException {
    return answered(link.headThenTransferTo(link.file));
  }

  @Benchmark
  public long openReadAndGather() throws IOException {
    return answered(link.gatherAll(link.file));
  }

  @Benchmark
  public long pathJsendfile() throws IOException {
    Transfer transfer = sender.send(Payload.of(link.head(), link.regionOfPath()), link.socket);
    return answered(transfer.totalBytes());
  }

  @Benchmark
  public long pathHeadThenTransferTo() throws IOException {
    try (FileChannel file = link.open()) {
      return answered(link.headThenTransferTo(file));
    }
  }

  @Benchmark
  public long pathReadAndGather() throws IOException {
    try (FileChannel file = link.open()) {
      return answered(link.gatherAll(file));
    }
  }

  private long answered(long sent) throws IOException {
    if (answered) {
      link.awaitAnswer();
    }
    return sent;
  }
}
