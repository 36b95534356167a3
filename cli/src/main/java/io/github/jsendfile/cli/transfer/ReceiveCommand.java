package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Received;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.cli.argument.Address;
import io.github.jsendfile.cli.argument.ByteSize;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.Diagnosis;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.Interruption;
import io.github.jsendfile.cli.console.LocalFiles;
import io.github.jsendfile.cli.console.ProgressBar;
import io.github.jsendfile.cli.console.ProgressLine;
import io.github.jsendfile.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "receive",
    customSynopsis = "jsendfile receive [OPTIONS] [HOST:]PORT FILE",
    sortOptions = false,
    header = "Listen for one connection and write what it sends to a file.",
    description = {
      "",
      "The file appears whole or not at all: it is written under a temporary name beside FILE,"
          + " synced to disk, and renamed when it is complete. It is complete when --length and"
          + " --sha256 say so, else when the sender ends the stream; a reset is a failure. A sender"
          + " that waits, as jsendfile send does, learns how it ended: the connection closes in"
          + " order when the file is in place, and is reset otherwise.",
      "",
      "One connection is served, and its fate is the exit code; --until-complete waits for the next"
          + " one when it fails."
    },
    footer = {
      "",
      "Examples:",
      "  jsendfile receive 9000 disk.img                  from this machine only",
      "  jsendfile receive 0.0.0.0:9000 disk.img          from everywhere (IPv6 too: '[::]:9000')",
      "  jsendfile receive 9000 disk.img --sha256 \"$(cut -c1-64 disk.img.sha256)\"",
      "  jsendfile receive 9000 all.log --append --length 10MiB",
      "  jsendfile receive 9000 - | tar x",
      "",
      "The other end can be jsendfile send, nc -N HOST PORT < FILE, or socat -u FILE:... TCP:HOST:PORT"
    })
public final class ReceiveCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(
      index = "0",
      paramLabel = "[HOST:]PORT",
      description = {
        "Where to listen. Without HOST on 127.0.0.1; port 0 takes a free one and prints it;"
            + " unix:PATH is a UNIX-domain socket."
      })
  private Address address = new Address.Tcp("", 0);

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "What to write; - is standard output.")
  private String file = "";

  @ArgGroup(exclusive = true)
  private Mode mode = new Mode();

  /// What happens to a file that exists.
  static final class Mode {
    @Option(
        names = {"-f", "--force"},
        order = 1,
        description = "Replace FILE if it exists; otherwise that is refused.")
    private boolean force;

    @Option(
        names = {"-a", "--append"},
        order = 2,
        description =
            "Write behind the end of FILE, in place. What has arrived stays if the transfer fails;"
                + " only a wrong digest takes it back.")
    private boolean append;
  }

  @Option(
      names = "--length",
      paramLabel = "SIZE",
      order = 3,
      description = "Take so many bytes: fewer are a failure, what follows is not read.")
  private ByteSize length = new ByteSize(Long.MAX_VALUE);

  @Option(
      names = "--sha256",
      paramLabel = "DIGEST",
      order = 4,
      description = "Keep what arrives only if this is its SHA-256 digest.")
  private @Nullable Sha256 sha256;

  @ArgGroup(exclusive = true)
  private Service service = new Service();

  /// How many connections are served.
  static final class Service {
    @Option(
        names = "--once",
        order = 8,
        description = "Serve one connection, then end: the default.")
    private boolean once;

    @Option(
        names = "--until-complete",
        order = 9,
        description =
            "When a connection fails, wait for the next; end with the first that succeeds.")
    private boolean untilComplete;

    boolean isOver() {
      return once || !untilComplete;
    }
  }

  @Option(
      names = "--accept-timeout",
      paramLabel = "TIME",
      order = 5,
      description = "Give up when nobody connects for this long; none unless told.",
      defaultValue = "none")
  private TimeLimit acceptTimeout = TimeLimit.NONE;

  @Mixin private TransferOptions common = new TransferOptions();

  private final Terminal terminal;

  public ReceiveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    checkFile();
    try (Listener listener = Listener.at(address)) {
      announce(listener.address());
      while (true) {
        Connection accepted = listener.accept(acceptTimeout);
        if (service.isOver()) {
          listener.stop(); // who comes now is refused at once
        }
        try (Connection connection = accepted) {
          serve(connection);
          return ExitCode.OK.value;
        } catch (IOException e) {
          Diagnosis diagnosis = Diagnosis.of(e);
          if (service.isOver() || !diagnosis.isOfThePeer()) {
            throw e;
          }
          diagnosis.print(terminal.err());
        }
      }
    }
  }

  /// Refuses now what cannot end well, rather than when all has been transferred.
  private void checkFile() throws IOException {
    if (file.equals(STANDARD_OUTPUT)) {
      return;
    }
    Path path = LocalFiles.path(file);
    if (mode.append) {
      LocalFiles.writable(path);
    } else {
      NewFile.begin(path, mode.force).close();
    }
    FileStore disk = Files.getFileStore(LocalFiles.directoryOf(path));
    if (length.bytes() != Long.MAX_VALUE && disk.getUsableSpace() < length.bytes()) {
      throw LocalFiles.refuse(
          file,
          "--length asks for "
              + length.human()
              + ", the disk has room for "
              + ByteSize.human((double) disk.getUsableSpace()));
    }
  }

  private void announce(Address listening) {
    if (!common.quiet() || (address instanceof Address.Tcp tcp && tcp.port() == 0)) {
      messages().println("listening on " + listening);
      messages().flush();
    }
  }

  /// Standard output, unless that is where the bytes go.
  private PrintStream messages() {
    return file.equals(STANDARD_OUTPUT) ? terminal.err() : terminal.out();
  }

  private void serve(Connection connection) throws IOException {
    Received received;
    try (Destination destination = open()) {
      try {
        received = receive(connection, destination);
        destination.complete();
      } catch (IOException e) {
        Diagnosis diagnosis = Diagnosis.of(e);
        throw new CommandFailure(
            diagnosis.exitCode(), diagnosis.message() + "; " + destination.afterFailure(), e);
      }
    }
    connection.endWell();
    common.report(
        messages(),
        "received",
        received.bytesReceived(),
        received.elapsed(),
        received.mechanism(),
        "");
  }

  private Destination open() throws IOException {
    if (file.equals(STANDARD_OUTPUT)) {
      return new StandardOutput(terminal.out());
    }
    Path path = LocalFiles.path(file);
    return mode.append ? AppendedFile.open(path) : NewFile.begin(path, mode.force);
  }

  private Received receive(Connection connection, Destination destination) throws IOException {
    long total = length.bytes() == Long.MAX_VALUE ? ProgressLine.UNKNOWN : length.bytes();
    Received received;
    try (ProgressBar bar = common.startBar(terminal, file, total);
        Interruption _ = Interruption.announce(terminal, bar, destination::afterFailure)) {
      received = destination.receive(receiver(), connection.channel(), length.bytes(), bar);
    } catch (TransferException e) {
      throw common.explain(e);
    }
    if (sha256 != null) {
      Sha256 actual = destination.digest();
      if (!actual.equals(sha256)) {
        destination.reject();
        throw new CommandFailure(
            ExitCode.FAILED,
            "wrong digest: expected "
                + sha256
                + ", got "
                + actual
                + " for "
                + received.bytesReceived()
                + " bytes");
      }
    }
    return received;
  }

  private FileReceiver receiver() {
    FileReceiver.Builder builder =
        FileReceiver.builder().exactly().fsync().progressInterval(Duration.ZERO);
    common.stallTimeout().duration().ifPresent(builder::stallTimeout);
    common.timeout().duration().ifPresent(builder::timeout);
    if (common.dropBehind()) {
      builder.dropBehind();
    }
    return builder.build();
  }
}
