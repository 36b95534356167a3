package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.Interruption;
import io.github.jsendfile.cli.console.LocalFiles;
import io.github.jsendfile.cli.console.Terminal;
import io.github.jsendfile.ftp.FtpServer;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.http.MetricsServer;
import io.github.jsendfile.server.ServerBuilder;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.users.UserAuthorizer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

public final class ServeCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;
  private static final int PORTS_TRIED = 100;

  private final OptionGroup places = new OptionGroup("Options:");
  private final Setting<ListenAddress> http =
      places.optional(
          "--http",
          "[ADDR:]PORT",
          ListenAddress::parse,
          "Where to listen; port 8080 of this machine unless told, or the next free one if"
              + " that is taken. Port 0 is any free one, address * everyone.");
  private final Setting<ListenAddress> ftp =
      places.optional(
          "--ftp",
          "[ADDR:]PORT",
          ListenAddress::parse,
          "Serve over FTP, here; alone unless --http is named too.");
  private final Setting<Boolean> everyone =
      places.flag("--public", "Listen for the whole network.");

  private final UserOptions users = new UserOptions();
  private final UploadingOptions uploading = new UploadingOptions();
  private final ServedContent content = new ServedContent();
  private final ServingLimits limits = new ServingLimits();
  private final WatchOptions watch = new WatchOptions();
  private final FtpOptions ftpOptions = new FtpOptions();

  private final PositionalParamSpec directory =
      PositionalParamSpec.builder()
          .index("0")
          .arity("0..1")
          .paramLabel("DIR")
          .type(String.class)
          .description("What to serve; the current directory unless told.")
          .defaultValue(".")
          .build();
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("serve");
  private final Terminal terminal;

  public ServeCommand(Terminal terminal) {
    this.terminal = terminal;
    describe();
  }

  /// What picocli reads the command line by.
  public CommandSpec spec() {
    return spec;
  }

  private void describe() {
    // read already, by Settings: it tells what the other options are
    places.optional(
        "--config", "FILE", Function.identity(), "Take options from a file of properties.");
    spec.addPositional(directory);
    places.addTo(spec);
    OptionGroup.addAll(
        spec,
        List.of(
            users.group,
            uploading.group,
            content.group,
            limits.group,
            watch.group,
            ftpOptions.group));
    spec.usageMessage()
        .customSynopsis("jsendfile serve [OPTIONS] [DIR]")
        .sortOptions(false)
        .header(
            "Serve the files of a directory over HTTP, FTP or both, inside the kernel where that is"
                + " possible.")
        .description(
            "",
            "Reads only, and for this machine only, unless told otherwise. Ctrl-C ends it in peace:"
                + " no new connections, and running transfers may finish.",
            "",
            "Every option can also stand in the file of --config, one a line (max-connections = 500), and"
                + " in the environment (JSENDFILE_MAX_CONNECTIONS=500). The command line counts first,"
                + " then the environment, then the file.")
        .footer(
            "",
            "Examples:",
            "  jsendfile serve                              this directory, for this machine",
            "  jsendfile serve ~/Videos --public            for the whole network, with a QR code",
            "  jsendfile serve ~/Inbox --public --upload     others may put files there",
            "  jsendfile serve site --http 8000 --cache-control max-age=3600",
            "  jsendfile serve /srv/files --http 192.0.2.7:80 --access-log /var/log/files.log",
            "  jsendfile serve /srv/files --http 8080 --ftp 2121 --users users --metrics 9100");
  }

  @Override
  public Integer call() throws IOException {
    checkSettings();
    try (FileTree tree = content.open(LocalFiles.path(directory.getValue()));
        UserAuthorizer authorizer = users.authorizer(tree, content::open, uploading.rights())) {
      Optional<AccessLog> accessLog = watch.open(terminal);
      try {
        serve(tree, authorizer, accessLog);
      } finally {
        accessLog.ifPresent(AccessLog::close);
      }
    }
    return ExitCode.OK.value;
  }

  private void checkSettings() throws CommandFailure {
    if (spec.defaultValueProvider() instanceof Settings settings) {
      settings.check(spec);
    }
    if (!isOverHttp()) {
      watch.checkWithoutHttp();
    }
  }

  /// Over HTTP unless only FTP is named.
  private boolean isOverHttp() {
    return http.given().isPresent() || ftp.given().isEmpty();
  }

  private void serve(FileTree tree, UserAuthorizer authorizer, Optional<AccessLog> accessLog)
      throws IOException {
    ListenAddress metricsAddress = watch.metricsAddress().orElse(null);
    CountDownLatch ended = new CountDownLatch(1);
    try (FtpServer ftpServer =
            ftp.given().isEmpty() ? null : startFtp(ftp.get(), authorizer, accessLog);
        HttpFileServer httpServer = isOverHttp() ? startHttp(tree, authorizer, accessLog) : null;
        MetricsServer metrics =
            metricsAddress == null ? null : watch.startMetrics(metricsAddress)) {
      Servers servers = new Servers(httpServer, ftpServer, metrics);
      try (Interruption _ = Interruption.of(() -> drain(servers, accessLog))) {
        announce(tree.root(), servers);
        ended.await(); // until a signal ends the process
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void applyCommon(ServerBuilder<?> server, Optional<AccessLog> accessLog)
      throws CommandFailure {
    users.apply(server);
    limits.apply(server);
    watch.apply(server);
    accessLog.ifPresent(server::accessLog);
  }

  private FtpServer startFtp(
      ListenAddress address, UserAuthorizer authorizer, Optional<AccessLog> accessLog)
      throws IOException {
    FtpServer.Builder server = FtpServer.builder(authorizer);
    applyCommon(server, accessLog);
    limits.applyUploads(server);
    ftpOptions.apply(server);
    try {
      return server.address(address.resolve(everyone.get())).start();
    } catch (BindException e) {
      throw address.refusedBy(e);
    }
  }

  private HttpFileServer startHttp(
      FileTree tree, UserAuthorizer authorizer, Optional<AccessLog> accessLog) throws IOException {
    HttpFileServer.Builder server = HttpFileServer.builder(tree);
    applyCommon(server, accessLog);
    content.apply(server);
    users.apply(server, authorizer);
    uploading.apply(server);
    limits.applyHead(server);
    watch.applyPaths(server);
    if (http.given().isEmpty()) {
      return startAtUsualPort(server);
    }
    try {
      return server.address(http.get().resolve(everyone.get())).start();
    } catch (BindException e) {
      throw http.get().refusedBy(e);
    }
  }

  /// Or at the next one that is free.
  private HttpFileServer startAtUsualPort(HttpFileServer.Builder server) throws IOException {
    for (int port = USUAL_PORT; port < USUAL_PORT + PORTS_TRIED; port++) {
      try {
        HttpFileServer started =
            server.address(new ListenAddress(null, port).resolve(everyone.get())).start();
        if (port != USUAL_PORT) {
          terminal.err().println("port " + USUAL_PORT + " is taken; using " + port + " instead");
        }
        return started;
      } catch (BindException e) {
        // somebody has it
      }
    }
    throw new CommandFailure(
        ExitCode.CONNECTION,
        "the ports from " + USUAL_PORT + " on are taken; name one with --http, 0 is any free one");
  }

  private void drain(Servers servers, Optional<AccessLog> accessLog) {
    int active = servers.active();
    terminal
        .err()
        .println(
            active == 0
                ? "jsendfile: stopped"
                : "jsendfile: stopping; "
                    + active
                    + (active == 1 ? " connection" : " connections")
                    + " may finish");
    servers.drain(limits.drainTimeout());
    accessLog.ifPresent(AccessLog::close);
  }

  private void announce(Path root, Servers servers) {
    PrintStream err = terminal.err();
    List<String> urls = servers.urls();
    err.println(
        "serving "
            + root.normalize()
            + " ("
            + users.summary()
            + uploading.summary(users.areSet() && servers.hasFtp(), servers.hasHttp())
            + ", "
            + content.summary()
            + ")");
    urls.forEach(url -> err.println("listening on " + url));
    if (uploading.areOn()
        && !users.areSet()
        && urls.stream().anyMatch(LocalAddresses::isForOthers)) {
      err.println("anybody in the network may upload and delete; --users says who may");
    }
    if (users.areSet() && urls.stream().anyMatch(LocalAddresses::isForOthers)) {
      err.println("passwords cross the network unencrypted; a tunnel or a proxy can help");
    }
    if (servers.metrics() != null) {
      err.println(
          "metrics at "
              + LocalAddresses.urls("http", servers.metrics().address()).getFirst()
              + "metrics");
    }
    urls.stream()
        .filter(LocalAddresses::isForOthers)
        .findFirst()
        .map(QrImage::of)
        .filter(image -> terminal.interactive() && image.width() + 2 <= terminal.columns())
        .ifPresent(image -> err.print(image.render()));
    err.println("Ctrl-C ends it");
    err.flush();
  }
}
