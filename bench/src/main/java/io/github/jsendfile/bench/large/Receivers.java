package io.github.jsendfile.bench.large;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Compiler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Those that receive a file from a socket by themselves. One row each.
enum Receivers implements Contender {
  OURS_NATIVE("JSendfile, native", ours(Mechanism.NATIVE)),
  OURS_NATIVE_VIRTUAL("JSendfile, native, virtual", OURS_NATIVE.way),
  OURS_COPY("JSendfile, copying", ours(Mechanism.BUFFERED_COPY)),
  TRANSFER_FROM("FileChannel.transferFrom", Receivers::transferFrom),
  COPY_64K("64 KiB direct buffer copy", Receivers::copy),
  C_SPLICE("C, splice(2)"),
  C_COPY("C, recv + write, 64 KiB");

  /// A way to receive a whole file, which says how many bytes that were.
  interface Way {
    long receive(SocketChannel socket, FileChannel file, long length) throws IOException;
  }

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED");

  private static final int COPY_BYTES = 64 * 1024;

  private final String label;

  @SuppressWarnings("Immutable") // lambdas without state
  private final Way way;

  Receivers(String label) {
    this(
        label,
        (socket, file, length) -> {
          throw new UnsupportedOperationException(label);
        });
  }

  Receivers(String label, Way way) {
    this.label = label;
    this.way = way;
  }

  private static Way ours(Mechanism only) {
    FileReceiver receiver = FileReceiver.builder().mechanisms(only).exactly().build();
    return (socket, file, length) -> receiver.receive(socket, file, 0, length).bytesReceived();
  }

  private static long transferFrom(SocketChannel socket, FileChannel file, long length)
      throws IOException {
    long position = 0;
    while (position < length) {
      long count = file.transferFrom(socket, position, length - position);
      if (count == 0) {
        break;
      }
      position += count;
    }
    return position;
  }

  private static long copy(SocketChannel socket, FileChannel file, long length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
    while (socket.read(buffer.clear()) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    }
    return file.position();
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Optional<String> absence() {
    return !isC() || Compiler.version().isPresent()
        ? Optional.empty()
        : Optional.of("there is no C compiler (cc) on the PATH");
  }

  private boolean isC() {
    return this == C_SPLICE || this == C_COPY;
  }

  boolean isVirtual() {
    return this == OURS_NATIVE_VIRTUAL;
  }

  Way way() {
    return way;
  }

  @Override
  public Sampler start(Setting setting) throws IOException {
    List<String> command = new ArrayList<>();
    if (isC()) {
      command.add(Compiler.compile(Receivers.class, "receive.c", setting.scratch()).toString());
      command.add(this == C_SPLICE ? "splice" : "copy");
      command.add(setting.file().toString());
      command.add("127.0.0.1");
      command.add(Integer.toString(setting.port()));
    } else {
      command.addAll(
          ChildProcess.java(
              ReceiverProgram.class,
              JVM_OPTIONS,
              name(),
              setting.file(),
              setting.port(),
              ReceivePart.FILE_BYTES));
    }
    return new ProcessSampler(setting.placement().sender(command));
  }

  /// For the report: the flags every JVM here runs with.
  static String jvmOptions() {
    return String.join(" ", JVM_OPTIONS);
  }
}
