package io.github.jsendfile.cli;

import io.github.jsendfile.ftp.FtpServer;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.http.HttpHandler;
import io.github.jsendfile.server.AccessLog;
import io.github.jsendfile.server.FileTree;
import io.github.jsendfile.server.UserAuthorizer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    customSynopsis = "jsendfile serve [OPTIONS] [DIR]",
    sortOptions = false,
    header =
        "Serve the files of a directory over HTTP or FTP, inside the kernel where that is possible.",
    description = {
      "",
      "Reads only, and for this machine only, unless told otherwise. Ctrl-C ends it in peace:"
          + " no new connections, and running transfers may finish.",
      "",
      "Every option can also stand in the file of --config, one a line (max-connections = 500), and"
          + " in the environment (JSENDFILE_MAX_CONNECTIONS=500). The command line counts first,"
          + " then the environment."
    },
    footer = {
      "",
      "Examples:",
      "  jsendfile serve                              this directory, for this machine",
      "  jsendfile serve ~/Videos --public            for the whole network, with a QR code",
      "  jsendfile serve ~/Inbox --public --upload     others may put files there",
      "  jsendfile serve site --http 8000 --cache-control max-age=3600",
      "  jsendfile serve /srv/files --http 192.0.2.7:80 --access-log /var/log/files.log"
    })
final class ServeCommand implements Callable<Integer> {
  private static final ListenAddress USUAL = new ListenAddress(null, 8080);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      description = "What to serve; the current directory unless told.",
      defaultValue = ".")
  private String directory = "";

  @Option(
      names = "--http",
      paramLabel = "[ADDR:]PORT",
      description =
          "Where to listen; port 8080 of this machine unless told, or a free one if that is"
              + " taken. Port 0 is any free one, address * everyone.")
  private @Nullable ListenAddress http;

  @Option(names = "--public", description = "Listen for the whole network.")
  private boolean everyone;

  @Option(
      names = "--health",
      paramLabel = "PATH",
      description = "Answer 200 at this path, for whoever watches the server.")
  private @Nullable String health;

  @ArgGroup(validate = false, order = 1, heading = "%nWhat is shown:%n")
  private ServedContent content = new ServedContent();

  @ArgGroup(validate = false, order = 2, heading = "%nUploads:%n")
  private UploadingOptions uploading = new UploadingOptions();

  @ArgGroup(validate = false, order = 3, heading = "%nLimits:%n")
  private ServingLimits limits = new ServingLimits();

  @ArgGroup(validate = false, order = 4, heading = "%nLogs:%n")
  private ServingLog log = new ServingLog();

  @ArgGroup(validate = false, order = 5, heading = "%nFTP:%n")
  private FtpOptions ftp = new FtpOptions();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Read already, by [Settings]: it tells what the other options are.
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Take options from a file of properties.")
  void config(String file) {}

  @Override
  public Integer call() throws IOException {
    checkSettings();
    try (FileTree tree = content.open(LocalFiles.path(directory))) {
      Optional<AccessLog> accessLog = log.open(terminal);
      try {
        serve(tree, accessLog);
      } finally {
        accessLog.ifPresent(AccessLog::close);
      }
    }
    return ExitCode.OK.value;
  }

  private void checkSettings() throws CommandFailure {
    CommandSpec command = Objects.requireNonNull(spec);
    if (command.defaultValueProvider() instanceof Settings settings) {
      settings.check(command);
    }
    if (health != null && !health.startsWith("/")) {
      throw new CommandFailure(
          ExitCode.USAGE, "--health is \"" + health + "\"; it must begin with a slash");
    }
  }

  /// Over HTTP unless only FTP is named.
  private void serve(FileTree tree, Optional<AccessLog> accessLog) throws IOException {
    boolean overHttp = http != null || !ftp.isNamed();
    CountDownLatch ended = new CountDownLatch(1);
    try (UserAuthorizer authorizer = ftp.authorizer(tree, content::open, uploading.rights());
        FtpServer ftpServer =
            ftp.isNamed() ? ftp.start(authorizer, accessLog.orElse(null), everyone) : null;
        HttpFileServer server = overHttp ? start(tree, authorizer, accessLog) : null;
        Interruption _ = Interruption.of(() -> drain(server, ftpServer, accessLog))) {
      announce(tree.root(), urls(server, ftpServer));
      ended.await(); // until a signal ends the process
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpFileServer start(
      FileTree tree, UserAuthorizer authorizer, Optional<AccessLog> accessLog) throws IOException {
    HttpFileServer.Builder builder = HttpFileServer.builder(tree);
    content.apply(builder);
    ftp.apply(builder, authorizer);
    uploading.apply(builder);
    limits.apply(builder);
    accessLog.ifPresent(builder::accessLog);
    if (health != null) {
      builder.handler(healthAt(health));
    }
    return start(builder);
  }

  private static HttpHandler healthAt(String path) {
    return (request, reply) -> {
      if (request.path().equals(path)) {
        reply.header("Cache-Control", "no-store").send(200, "ok\n");
      }
    };
  }

  private HttpFileServer start(HttpFileServer.Builder builder) throws IOException {
    ListenAddress asked = http == null ? USUAL : http;
    try {
      return builder.address(asked.resolve(everyone)).start();
    } catch (BindException e) {
      if (http != null) {
        throw asked.refusedBy(e);
      }
    }
    HttpFileServer elsewhere =
        builder.address(new ListenAddress(null, 0).resolve(everyone)).start();
    terminal
        .err()
        .println("port " + USUAL.port() + " is taken; using " + elsewhere.port() + " instead");
    return elsewhere;
  }

  private void drain(
      @Nullable HttpFileServer server,
      @Nullable FtpServer ftpServer,
      Optional<AccessLog> accessLog) {
    int active =
        (server == null ? 0 : server.active()) + (ftpServer == null ? 0 : ftpServer.active());
    terminal
        .err()
        .println(
            active == 0
                ? "jsendfile: stopped"
                : "jsendfile: stopping; " + active + " connections may finish");
    if (ftpServer != null) {
      ftpServer.drain(limits.drainTimeout());
    }
    if (server != null) {
      server.drain(limits.drainTimeout());
    }
    accessLog.ifPresent(AccessLog::close);
  }

  private static List<String> urls(@Nullable HttpFileServer server, @Nullable FtpServer ftpServer) {
    List<String> urls = new ArrayList<>();
    if (server != null) {
      urls.addAll(LocalAddresses.urls("http", server.address()));
    }
    if (ftpServer != null) {
      urls.addAll(LocalAddresses.urls("ftp", ftpServer.address()));
    }
    return urls;
  }

  private void announce(Path root, List<String> urls) {
    PrintStream err = terminal.err();
    err.println("serving " + root + " (" + uploading.summary() + ", " + content.summary() + ")");
    urls.forEach(url -> err.println("listening on " + url));
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
