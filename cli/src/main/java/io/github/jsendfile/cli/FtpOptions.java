package io.github.jsendfile.cli;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.ftp.FtpServer;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.AccessLog;
import io.github.jsendfile.server.FileTree;
import io.github.jsendfile.server.PasswordCheck;
import io.github.jsendfile.server.Rights;
import io.github.jsendfile.server.UserAuthorizer;
import io.github.jsendfile.server.Users;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `jsendfile serve` takes about FTP.
final class FtpOptions {
  @Option(
      names = "--ftp",
      paramLabel = "[ADDR:]PORT",
      order = 40,
      description = "Serve over FTP, here; alone unless --http is named too.")
  private @Nullable ListenAddress address;

  @Option(
      names = "--users",
      paramLabel = "FILE",
      order = 41,
      description = "Who may log in: a line name:hash:rights:home for each; without it, everybody.")
  private @Nullable String users;

  @Option(
      names = "--anonymous",
      order = 42,
      description = "Let anonymous read beside the users of --users.")
  private boolean anonymous;

  @Option(
      names = "--passive-ports",
      paramLabel = "FIRST-LAST",
      order = 44,
      description = "Where passive data connections are awaited; any free port unless told.")
  private @Nullable String passivePorts;

  @Option(
      names = "--masquerade",
      paramLabel = "ADDRESS",
      order = 45,
      description = "What PASV shows: the address of the router before this machine.")
  private @Nullable String masquerade;

  @Option(
      names = "--login-delay",
      paramLabel = "TIME",
      order = 46,
      description = "Before a failed login is answered; 1s unless told, none for at once.")
  private TimeLimit loginDelay = TimeLimit.parse("1s");

  boolean isNamed() {
    return address != null;
  }

  /// Who may log in.
  ///
  /// @param rights of anonymous
  /// @return closed by the caller, after the server
  UserAuthorizer authorizer(FileTree files, UserAuthorizer.Homes homes, Rights rights)
      throws IOException {
    if (users == null) {
      return UserAuthorizer.anonymous(files, rights);
    }
    PasswordCheck passwords = PasswordCheck.of(Users.live(LocalFiles.path(users)));
    UserAuthorizer authorizer = UserAuthorizer.users(files, passwords, homes);
    return anonymous ? authorizer.andAnonymous(rights) : authorizer;
  }

  /// Has users log in over HTTP too, if there are any.
  void apply(HttpFileServer.Builder server, UserAuthorizer authorizer) {
    if (users != null) {
      server.users(authorizer).loginDelay(loginDelay.duration().orElse(Duration.ZERO));
    }
  }

  /// Starts the server.
  FtpServer start(UserAuthorizer authorizer, @Nullable AccessLog log, boolean everywhere)
      throws IOException {
    ListenAddress asked = requireNonNull(address, "--ftp");
    FtpServer.Builder builder = FtpServer.builder(authorizer).address(asked.resolve(everywhere));
    builder.loginDelay(loginDelay.duration().orElse(Duration.ZERO));
    if (log != null) {
      builder.accessLog(log);
    }
    try {
      if (passivePorts != null) {
        int dash = passivePorts.indexOf('-');
        builder.passivePorts(
            Integer.parseInt(passivePorts.substring(0, Math.max(dash, 0))),
            Integer.parseInt(passivePorts.substring(dash + 1)));
      }
      if (masquerade != null) {
        builder.masqueradeAddress(InetAddress.ofLiteral(masquerade));
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--passive-ports or --masquerade: " + e.getMessage(), e);
    }
    try {
      return builder.start();
    } catch (BindException e) {
      throw asked.refusedBy(e);
    }
  }
}
