package io.github.jsendfile.cli;

import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.AccessLog;
import io.github.jsendfile.server.FileTree;
import io.github.jsendfile.server.HiddenFiles;
import io.github.jsendfile.server.LogFormat;
import io.github.jsendfile.server.SymbolicLinks;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "serve",
    customSynopsis = "jsendfile serve [OPTIONS] [DIR]",
    sortOptions = false,
    header = "Serve the files of a directory over HTTP.",
    description = {
      "",
      "Everything below DIR can be read and nothing outside of it, by whoever reaches the address:"
          + " this machine only, unless told otherwise. Ctrl-C lets answers under way finish."
    },
    footer = {
      "",
      "Examples:",
      "  jsendfile serve                                  this directory, for this machine",
      "  jsendfile serve ~/Videos --public                for everybody who reaches this machine",
      "  jsendfile serve site --http 9000 --no-listing",
      "  jsendfile serve /srv --http '[::]:80' --access-log access.log --log-format combined"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 8080;
  private static final String NO_LOG = "none";
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "What to serve.")
  private String directory = ".";

  @ArgGroup(exclusive = false, heading = "%nWhere:%n")
  private Where where = new Where();

  /// The address.
  static final class Where {
    @Option(
        names = "--http",
        paramLabel = "[ADDR:]PORT",
        order = 1,
        description =
            "Where to listen; 127.0.0.1:8080 unless told, or a free port if that is taken. Port 0"
                + " takes any free one.")
    private @Nullable Address http;

    @Option(names = "--public", order = 2, description = "Listen at all addresses of this machine.")
    private boolean everywhere;
  }

  @ArgGroup(exclusive = false, heading = "%nWhat is shown:%n")
  private Shown shown = new Shown();

  /// The files.
  static final class Shown {
    @Option(
        names = "--hidden",
        order = 10,
        description = "Files whose names begin with a dot, too.")
    private boolean hidden;

    @Option(
        names = "--follow-links",
        order = 11,
        paramLabel = "WHERE",
        description = "Symbolic links: inside (the default), everywhere or never.")
    private SymbolicLinks links = SymbolicLinks.INSIDE;

    @Option(
        names = "--index",
        order = 12,
        split = ",",
        paramLabel = "NAME",
        description = "What stands for its directory; index.html unless told, several with commas.")
    private List<String> indexNames = List.of("index.html");

    @Option(
        names = "--no-listing",
        order = 13,
        description = "Directories without an index do not exist.")
    private boolean noListing;

    @Option(
        names = "--cache-control",
        order = 14,
        paramLabel = "VALUE",
        description = "What browsers and proxies are told, for example max-age=3600.")
    private @Nullable String cacheControl;

    @Option(
        names = "--header",
        order = 15,
        paramLabel = "NAME:VALUE",
        description = "One more field in the head of every file; may be repeated.")
    private List<String> headers = List.of();

    @Option(
        names = "--server-header",
        order = 16,
        paramLabel = "TEXT",
        description = "What the field Server says; off for none.")
    private String serverHeader = "JSendfile";
  }

  @ArgGroup(exclusive = false, heading = "%nLimits:%n")
  private Limits limits = new Limits();

  /// The limits.
  static final class Limits {
    @Option(
        names = "--limit-rate",
        order = 20,
        paramLabel = "RATE",
        description = "Of each connection, for example 1MiB.")
    private @Nullable Rate rate;

    @Option(
        names = "--max-connections",
        order = 21,
        paramLabel = "N",
        description = "More are answered 503.")
    private int connections = 10_000;

    @Option(
        names = "--max-connections-per-address",
        order = 22,
        paramLabel = "N",
        description = "More from one address are answered 503.")
    private int connectionsPerAddress = Integer.MAX_VALUE;

    @Option(
        names = "--head-timeout",
        order = 23,
        paramLabel = "TIME",
        description = "For a request's head; 20s unless told.")
    private TimeLimit head = TimeLimit.parse("20s");

    @Option(
        names = "--body-timeout",
        order = 24,
        paramLabel = "TIME",
        description = "For a request's body, and a second more for each KiB; 30s unless told.")
    private TimeLimit body = TimeLimit.parse("30s");

    @Option(
        names = "--stall-timeout",
        order = 25,
        paramLabel = "TIME",
        description = "While a client takes no byte of an answer; 30s unless told.")
    private TimeLimit stall = TimeLimit.parse("30s");

    @Option(
        names = "--idle-timeout",
        order = 26,
        paramLabel = "TIME",
        description = "Between two requests; 60s unless told.")
    private TimeLimit idle = TimeLimit.parse("60s");

    @Option(
        names = "--drain-timeout",
        order = 27,
        paramLabel = "TIME",
        description = "For answers under way when the server is stopped; 10s unless told.")
    private TimeLimit drain = TimeLimit.parse("10s");
  }

  @ArgGroup(exclusive = false, heading = "%nLog:%n")
  private Log log = new Log();

  /// The access log.
  static final class Log {
    @Option(
        names = "--access-log",
        order = 30,
        paramLabel = "FILE",
        description = "A line for each request; - (the default) is standard output, none is none.")
    private String file = STANDARD_OUTPUT;

    @Option(
        names = "--log-format",
        order = 31,
        paramLabel = "FORMAT",
        description = "common (the default), combined or json.")
    private LogFormat format = LogFormat.COMMON;
  }

  private final Terminal terminal;
  private final CountDownLatch ended = new CountDownLatch(1);

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServingJvm.prepare();
    Path root = root();
    try (FileTree files =
            FileTree.builder(root)
                .links(shown.links)
                .hiddenFiles(shown.hidden ? HiddenFiles.SHOWN : HiddenFiles.ABSENT)
                .build();
        AccessLog accessLog = accessLog();
        HttpFileServer server = start(files, accessLog);
        Interruption _ = Interruption.of(() -> drain(server))) {
      announce(root, server.address());
      ended.await();
    }
    return ExitCode.OK.value;
  }

  private Path root() throws IOException {
    Path root = LocalFiles.path(directory);
    if (!Files.exists(root)) {
      throw LocalFiles.refuse(directory, "no such directory");
    }
    if (!Files.isDirectory(root)) {
      throw LocalFiles.refuse(directory, "is no directory");
    }
    if (!Files.isReadable(root)) {
      throw LocalFiles.refuse(directory, "may not be read");
    }
    return root.toRealPath();
  }

  private HttpFileServer start(FileTree files, @Nullable AccessLog accessLog) throws IOException {
    HttpFileServer.Builder builder = HttpFileServer.builder(files);
    try {
      configure(builder);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    if (accessLog != null) {
      builder.accessLog(accessLog);
    }
    try {
      return builder.address(address()).start();
    } catch (BindException e) {
      if (where.http != null) {
        throw new CommandFailure(ExitCode.CONNECTION, String.valueOf(e.getMessage()), e);
      }
      terminal.err().println("port " + DEFAULT_PORT + " is taken: a free one instead");
      return builder.address(new InetSocketAddress(host(), 0)).start();
    }
  }

  private InetSocketAddress address() throws IOException {
    return switch (where.http) {
      case null -> new InetSocketAddress(host(), DEFAULT_PORT);
      case Address.Tcp(String host, int port) ->
          new InetSocketAddress(host.equals(Address.LOOPBACK) ? host() : resolved(host), port);
      case Address.Unix unix ->
          throw new CommandFailure(ExitCode.USAGE, unix + " is no address for HTTP");
    };
  }

  private InetAddress host() throws UnknownHostException {
    return InetAddress.getByName(where.everywhere ? "::" : Address.LOOPBACK);
  }

  private static InetAddress resolved(String host) throws CommandFailure {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new CommandFailure(ExitCode.CONNECTION, "unknown host: " + host, e);
    }
  }

  private void configure(HttpFileServer.Builder builder) throws IOException {
    builder
        .indexNames(shown.indexNames)
        .serverField(shown.serverHeader.equals("off") ? "" : shown.serverHeader)
        .maxConnections(limits.connections)
        .maxConnectionsPerAddress(limits.connectionsPerAddress);
    if (shown.noListing) {
      builder.withoutListings();
    }
    if (shown.cacheControl != null) {
      builder.header("Cache-Control", shown.cacheControl);
    }
    for (String header : shown.headers) {
      addHeader(builder, header);
    }
    if (limits.rate != null) {
      builder.rateEach(limits.rate.bytesPerSecond());
    }
    limits.head.duration().ifPresent(builder::headTimeout);
    limits.body.duration().ifPresent(builder::bodyTimeout);
    limits.stall.duration().ifPresent(builder::stallTimeout);
    limits.idle.duration().ifPresent(builder::idleTimeout);
  }

  private static void addHeader(HttpFileServer.Builder builder, String header)
      throws CommandFailure {
    int colon = header.indexOf(':');
    if (colon < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "\"" + header + "\" is not a field; write NAME:VALUE");
    }
    builder.header(header.substring(0, colon), header.substring(colon + 1).strip());
  }

  private @Nullable AccessLog accessLog() throws IOException {
    if (log.file.equals(NO_LOG)) {
      return null;
    }
    return log.file.equals(STANDARD_OUTPUT)
        ? AccessLog.to(terminal.out(), log.format)
        : AccessLog.to(LocalFiles.path(log.file), log.format);
  }

  private void announce(Path root, InetSocketAddress address) {
    terminal.err().println("serving " + root + " read-only");
    for (String url : Addresses.urls("http", address)) {
      terminal.err().println("  " + url);
    }
    terminal.err().flush();
  }

  private void drain(HttpFileServer server) {
    terminal.err().println("stopping: answers under way have " + limits.drain + " to finish");
    if (!server.drain(limits.drain.duration().orElse(Duration.ofDays(1)))) {
      terminal.err().println("stopped in the middle of an answer");
    }
  }
}
