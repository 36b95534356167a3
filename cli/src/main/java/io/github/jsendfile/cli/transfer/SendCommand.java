package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.RateLimit;
import io.github.jsendfile.Transfer;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.cli.argument.Address;
import io.github.jsendfile.cli.argument.ByteSize;
import io.github.jsendfile.cli.argument.Rate;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.Interruption;
import io.github.jsendfile.cli.console.ProgressBar;
import io.github.jsendfile.cli.console.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    customSynopsis = "jsendfile send [OPTIONS] FILE TARGET",
    sortOptions = false,
    header = "Send a file over a connection, inside the kernel where that is possible.",
    description = {
      "",
      "Connects, sends, and waits until the peer has closed its side, so that success means"
          + " delivered. If anything goes wrong, Ctrl-C and kill -9 included, the connection is"
          + " reset: no peer takes a part of the file for the whole. (A UNIX-domain socket knows no"
          + " reset; give its receiver --length or --sha256.)"
    },
    footer = {
      "",
      "Examples:",
      "  jsendfile send disk.img 192.0.2.7:9000",
      "  jsendfile send disk.img '[2001:db8::7]:9000' --limit-rate 20MiB",
      "  jsendfile send disk.img host:9000 --position 1GiB --length 512MiB",
      "  tar c photos | jsendfile send - host:9000",
      "  jsendfile send disk.img unix:/run/intake.sock --stall-timeout 5s",
      "",
      "The other end can be jsendfile receive, nc -l PORT, or socat -u TCP-LISTEN:PORT OPEN:...,creat"
    })
public final class SendCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "What to send; - is standard input.")
  private String file = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "Where to: HOST:PORT, [IPv6]:PORT or unix:PATH.")
  private Address target = new Address.Tcp("", 0);

  @Option(
      names = "--position",
      paramLabel = "SIZE",
      order = 1,
      description = "Begin so many bytes into the file.")
  private ByteSize position = new ByteSize(0);

  @Option(
      names = "--length",
      paramLabel = "SIZE",
      order = 2,
      description = "Send so many bytes, not all; if the file has fewer, that is a failure.")
  private ByteSize length = new ByteSize(Long.MAX_VALUE);

  @Option(
      names = "--limit-rate",
      paramLabel = "SIZE",
      order = 3,
      description = "Send no more than this a second, for example 2MiB.")
  private @Nullable Rate limitRate;

  @Option(
      names = "--mechanism",
      paramLabel = "NAME",
      split = ",",
      order = 4,
      description =
          "Use only these: native, channel, copy. jsendfile doctor tells which work here.")
  private List<Mechanism> mechanisms = new ArrayList<>();

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      order = 5,
      description = "Give up connecting after this long; ${DEFAULT-VALUE} unless told.",
      defaultValue = "10s")
  private TimeLimit connectTimeout = TimeLimit.NONE;

  @Option(
      names = "--no-wait",
      order = 8,
      description =
          "Do not wait for the peer to close its side: success then means that this machine's"
              + " kernel has taken everything.")
  private boolean noWait;

  @Mixin private TransferOptions common = new TransferOptions();

  private final Terminal terminal;

  public SendCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Source source = Source.of(file, position.bytes(), length.bytes(), terminal);
    FileSender sender = sender();
    OptionalLong deadline = common.deadline();
    try (Connection connection = new Connector(connectTimeout).connect(target)) {
      send(source, sender, connection, deadline);
    } catch (TransferException e) {
      throw common.explain(e);
    }
    return ExitCode.OK.value;
  }

  private void send(Source source, FileSender sender, Connection connection, OptionalLong deadline)
      throws IOException {
    long startedAt = System.nanoTime();
    Transfer transfer;
    boolean confirmed;
    try (ProgressBar bar = common.startBar(terminal, source.name(), source.total());
        Interruption _ = Interruption.announce(terminal, bar, () -> "the connection was reset")) {
      Farewell farewell = Farewell.prepare(connection.channel());
      transfer = sender.send(source.region(), connection.channel(), bar);
      confirmed = noWait || isConfirmed(farewell, transfer, deadline);
      connection.endWell();
    }
    common.report(
        terminal.out(),
        "sent",
        transfer.bytesSent(),
        confirmed ? Duration.ofNanos(System.nanoTime() - startedAt) : transfer.elapsed(),
        transfer.mechanism(),
        confirmed ? "" : "; the peer has it but does not close its side");
  }

  private FileSender sender() {
    FileSender.Builder builder = FileSender.builder().exactly().progressInterval(Duration.ZERO);
    common.stallTimeout().duration().ifPresent(builder::stallTimeout);
    common.timeout().duration().ifPresent(builder::timeout);
    if (common.dropBehind()) {
      builder.dropBehind();
    }
    if (limitRate != null) {
      builder.rateLimit(RateLimit.bytesPerSecond(limitRate.bytesPerSecond()));
    }
    if (!mechanisms.isEmpty()) {
      builder.mechanisms(mechanisms.toArray(Mechanism[]::new));
    }
    return builder.build();
  }

  private boolean isConfirmed(Farewell farewell, Transfer transfer, OptionalLong deadline)
      throws IOException {
    String sent = "all " + transfer.bytesSent() + " bytes were sent, but ";
    try {
      return switch (farewell.say(common.stallTimeout(), deadline)) {
        case CLOSED_BY_PEER -> true;
        case DELIVERED -> false;
        case STALLED ->
            throw new CommandFailure(
                ExitCode.TIMED_OUT,
                sent
                    + target
                    + " took nothing for "
                    + common.stallTimeout()
                    + " (--stall-timeout)");
        case TIMED_OUT ->
            throw new CommandFailure(
                ExitCode.TIMED_OUT,
                sent + target + " did not close in " + common.timeout() + " (--timeout)");
      };
    } catch (CommandFailure e) {
      throw e;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, sent + target + " reset the connection: it has refused them", e);
    }
  }
}
