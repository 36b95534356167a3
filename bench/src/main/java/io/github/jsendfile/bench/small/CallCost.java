package io.github.jsendfile.bench.small;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Payload;
import java.io.IOException;
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

/// What one call costs at each size, by each way: where copying stops being the cheaper one. Each
/// is answered before the next is sent, as a server's are; the answer costs all of them the same.
/// Each is another part of a large file.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallCost {
  /// A way to send an open file, by hand or by ours.
  public enum Call {
    /// Ours, as it chooses.
    JSENDFILE("JSendfile"),
    /// Ours, with zero-copy whatever the size.
    JSENDFILE_CHANNEL("JSendfile, channel"),
    /// Ours, by the native call whatever the size.
    JSENDFILE_NATIVE("JSendfile, native"),
    /// Ours, copying whatever the size.
    JSENDFILE_COPY("JSendfile, copy"),
    /// By hand.
    TRANSFER_TO("transferTo"),
    /// By hand.
    READ_AND_WRITE("read + write"),
    /// Ours, as it chooses, behind a head.
    JSENDFILE_WITH_HEAD("head: JSendfile"),
    /// Ours, with zero-copy whatever the size, behind a head.
    CHANNEL_WITH_HEAD("head: JSendfile, channel"),
    /// Ours, by the native call whatever the size, behind a head.
    NATIVE_WITH_HEAD("head: JSendfile, native"),
    /// By hand: the head, then the file, each on its own.
    HEAD_THEN_TRANSFER_TO("head: write, transferTo"),
    /// By hand: the head with the first 16 KiB, then the rest.
    GATHER_THEN_TRANSFER_TO("head: gather 16 KiB, transferTo"),
    /// By hand: all in one write.
    GATHER_ALL("head: read + gather");

    final String label;

    Call(String label) {
      this.label = label;
    }

    boolean withHead() {
      return label.startsWith(HEAD);
    }
  }

  private static final String HEAD = "head: ";
  private static final int FIRST_BYTES = 16 * 1024;

  /// Size of the file.
  @Param({"64", "4096", "16384", "32768", "65536", "131072", "262144", "1048576"})
  public int bytes;

  /// How it is sent.
  @SuppressWarnings("NullAway.Init") // by JMH
  @Param
  public Call call;

  private final FileSender sender = FileSender.defaults();
  private final FileSender channel =
      FileSender.builder().mechanisms(Mechanism.CHANNEL_TRANSFER).build();
  private final FileSender kernel = FileSender.builder().mechanisms(Mechanism.NATIVE).build();
  private final FileSender copy = FileSender.builder().mechanisms(Mechanism.BUFFERED_COPY).build();

  @SuppressWarnings("NullAway.Init") // by connect()
  private Link link;

  /// Connects.
  @Setup(Level.Trial)
  public void connect() throws IOException {
    link = Link.answered(bytes, call.withHead());
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
  public long send() throws IOException {
    link.next();
    long sent = sendOne();
    link.awaitAnswer();
    return sent;
  }

  private long sendOne() throws IOException {
    return switch (call) {
      case JSENDFILE -> sender.send(link.region(), link.socket).bytesSent();
      case JSENDFILE_CHANNEL -> channel.send(link.region(), link.socket).bytesSent();
      case JSENDFILE_NATIVE -> kernel.send(link.region(), link.socket).bytesSent();
      case JSENDFILE_COPY -> copy.send(link.region(), link.socket).bytesSent();
      case TRANSFER_TO -> link.transferTo(link.file, 0);
      case READ_AND_WRITE -> link.copy(link.file);
      case JSENDFILE_WITH_HEAD -> sendWithHead(sender);
      case CHANNEL_WITH_HEAD -> sendWithHead(channel);
      case NATIVE_WITH_HEAD -> sendWithHead(kernel);
      case HEAD_THEN_TRANSFER_TO -> link.headThenTransferTo(link.file);
      case GATHER_THEN_TRANSFER_TO -> link.gatherThenTransferTo(link.file, FIRST_BYTES);
      case GATHER_ALL -> link.gatherAll(link.file);
    };
  }

  private long sendWithHead(FileSender by) throws IOException {
    return by.send(Payload.of(link.head(), link.region()), link.socket).bytesSent();
  }
}
