package io.github.jsendfile.bench.large;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.bench.ChildProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Those that send a file over a socket by themselves. One row each.
enum Senders implements Contender {
  /// The yardstick.
  C("C, sendfile(2)") {
    @Override
    public Optional<String> absence() {
      return Compiler.version().isPresent()
          ? Optional.empty()
          : Optional.of("there is no C compiler (cc) on the PATH");
    }

    @Override
    public Sampler start(Setting setting) throws IOException {
      String program = Compiler.compile("sendfile.c", setting.scratch()).toString();
      String file = setting.file().toString();
      return new ProcessSampler(
          setting
              .placement()
              .sender(List.of(program, file, "127.0.0.1", Integer.toString(setting.port()))));
    }
  },
  OURS("JSendfile", (file, socket) -> FileSender.defaults().send(FileRegion.of(file), socket)),
  OURS_VIRTUAL("JSendfile, virtual thread", OURS.way, Threads.VIRTUAL),
  OURS_NATIVE("JSendfile, native", Ways.ours(Mechanism.NATIVE)),
  OURS_NATIVE_VIRTUAL("JSendfile, native, virtual", OURS_NATIVE.way, Threads.VIRTUAL),
  TRANSFER_TO("plain transferTo", Ways::transferTo),
  MMAP("mmap + write", Ways::mapAndWrite),
  COPY_256K("256 KiB direct buffer copy", (file, socket) -> Ways.copy(file, socket, 256 * 1024)),
  COPY_64K("64 KiB direct buffer copy", (file, socket) -> Ways.copy(file, socket, 64 * 1024)),
  OURS_COPY("JSendfile, copying", Ways.ours(Mechanism.BUFFERED_COPY)),
  STREAM_8K("InputStream 8 KiB copy", Ways::streams);

  /// What the thread is that sends.
  enum Threads {
    PLATFORM,
    VIRTUAL
  }

  private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  /// Without them the JDK does not show its descriptors.
  private static final List<String> NATIVE_OPTIONS =
      List.of(
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED");

  private final String label;

  @SuppressWarnings("Immutable") // lambdas without state
  private final Way way;

  private final Threads threads;

  Senders(String label) {
    this(
        label,
        (file, socket) -> {
          throw new UnsupportedOperationException(label);
        });
  }

  Senders(String label, Way way) {
    this(label, way, Threads.PLATFORM);
  }

  Senders(String label, Way way, Threads threads) {
    this.label = label;
    this.way = way;
    this.threads = threads;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Optional<String> absence() {
    return Optional.empty();
  }

  @Override
  public Sampler start(Setting setting) throws IOException {
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    if (this == OURS_NATIVE || this == OURS_NATIVE_VIRTUAL) {
      options.addAll(NATIVE_OPTIONS);
    }
    List<String> command =
        ChildProcess.java(SenderProgram.class, options, name(), setting.file(), setting.port());
    return new ProcessSampler(setting.placement().sender(command));
  }

  Way way() {
    return way;
  }

  Threads threads() {
    return threads;
  }

  /// For the report: the flags every JVM here runs with.
  static String jvmOptions() {
    return String.join(" ", JVM_OPTIONS);
  }

  /// For the report: the flags that show the JDK's descriptors.
  static String nativeOptions() {
    return String.join(" ", NATIVE_OPTIONS);
  }
}
