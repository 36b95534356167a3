package io.github.jsendfile.bench.large;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.Compiler;
import io.github.jsendfile.bench.Resources;
import io.github.jsendfile.bench.server.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Those that send a file over a socket by themselves. One row each.
enum Senders implements Contender {
  /// The yardstick.
  C("C, sendfile(2)", "blocking"),
  /// The loop of a sender whose waits can be ended by a limit, as ours can.
  C_POLLING("C, sendfile(2) and poll(2)", "polling"),
  /// What another language's library does.
  PYTHON("CPython, socket.sendfile", "") {
    @Override
    public Optional<String> absence() {
      return Programs.version("python3", "--version").isPresent()
          ? Optional.empty()
          : Optional.of("there is no python3 on the PATH");
    }

    @Override
    List<String> command(Setting setting) throws IOException {
      Path script = Resources.copy(Senders.class, "sendfile.py", setting.scratch());
      String port = Integer.toString(setting.port());
      return List.of("python3", script.toString(), setting.file().toString(), "127.0.0.1", port);
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

  /// What a C program is told to do; empty if it is none.
  private final String mode;

  /// A C program, in one of its modes.
  Senders(String label, String mode) {
    this(
        label,
        (file, socket) -> {
          throw new UnsupportedOperationException(label);
        },
        Threads.PLATFORM,
        mode);
  }

  Senders(String label, Way way) {
    this(label, way, Threads.PLATFORM);
  }

  Senders(String label, Way way, Threads threads) {
    this(label, way, threads, "");
  }

  Senders(String label, Way way, Threads threads, String mode) {
    this.label = label;
    this.way = way;
    this.threads = threads;
    this.mode = mode;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Optional<String> absence() {
    return mode.isEmpty() || Compiler.version().isPresent()
        ? Optional.empty()
        : Optional.of("there is no C compiler (cc) on the PATH");
  }

  @Override
  public Sampler start(Setting setting) throws IOException {
    return new ProcessSampler(setting.placement().sender(command(setting)));
  }

  List<String> command(Setting setting) throws IOException {
    return mode.isEmpty() ? inJvm(setting) : inC(setting);
  }

  private List<String> inC(Setting setting) throws IOException {
    String program = Compiler.compile(Senders.class, "sendfile.c", setting.scratch()).toString();
    String file = setting.file().toString();
    return List.of(program, mode, file, "127.0.0.1", Integer.toString(setting.port()));
  }

  private List<String> inJvm(Setting setting) throws IOException {
    List<String> options = new ArrayList<>(JVM_OPTIONS);
    if (this == OURS_NATIVE || this == OURS_NATIVE_VIRTUAL) {
      options.addAll(NATIVE_OPTIONS);
    }
    return ChildProcess.java(SenderProgram.class, options, name(), setting.file(), setting.port());
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
