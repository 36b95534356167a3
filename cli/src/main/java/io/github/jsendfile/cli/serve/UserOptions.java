package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.Diagnosis;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.LocalFiles;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.ServerBuilder;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.users.Bans;
import io.github.jsendfile.server.users.PasswordCheck;
import io.github.jsendfile.server.users.Rights;
import io.github.jsendfile.server.users.UserAuthorizer;
import io.github.jsendfile.server.users.Users;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who may log in, over HTTP and FTP alike.
final class UserOptions {
  @Option(
      names = "--users",
      paramLabel = "FILE",
      description =
          "Let the users of this file log in, each into their home and with their rights, as"
              + " jsendfile user writes it; without it, everybody is anonymous.")
  private @Nullable String file;

  @Option(names = "--anonymous", description = "Let anonymous read beside the users of --users.")
  private boolean anonymous;

  @Option(
      names = "--login-delay",
      paramLabel = "TIME",
      description =
          "How long a failed login waits for its answer; ${DEFAULT-VALUE} unless told, none for at"
              + " once.",
      defaultValue = "1s")
  private TimeLimit loginDelay = TimeLimit.NONE;

  @Option(
      names = "--ban-after",
      paramLabel = "N",
      description =
          "Turn an address away after so many failed logins; ${DEFAULT-VALUE} unless told, 0 for"
              + " never.",
      defaultValue = "30")
  private int banAfter;

  @Option(
      names = "--ban-time",
      paramLabel = "TIME",
      description = "For how long; ${DEFAULT-VALUE} unless told.",
      defaultValue = "10m")
  private TimeLimit banTime = TimeLimit.NONE;

  private @Nullable Bans bans;

  /// Who may log in.
  ///
  /// @param everybody the rights of anonymous where there are no users
  /// @return closed by the caller, after the servers
  UserAuthorizer authorizer(FileTree files, UserAuthorizer.Homes homes, Rights everybody)
      throws IOException {
    if (file == null) {
      return UserAuthorizer.anonymous(files, everybody);
    }
    UserAuthorizer users =
        UserAuthorizer.users(files, PasswordCheck.of(live(LocalFiles.path(file))), homes);
    return anonymous ? users.andAnonymous(Rights.READ_ONLY) : users;
  }

  private static Supplier<Users> live(Path file) throws IOException {
    try {
      return Users.live(file);
    } catch (FileSystemException e) {
      throw LocalFiles.refuse(e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.LOCAL_FILE, Diagnosis.oneLine(e), e);
    }
  }

  /// Has failed logins count.
  void apply(ServerBuilder<?> server) throws CommandFailure {
    server.loginDelay(loginDelay.duration().orElse(Duration.ZERO));
    if (banAfter < 0) {
      throw new CommandFailure(
          ExitCode.USAGE, "--ban-after is " + banAfter + "; it must be 0 or more");
    }
    if (banAfter > 0 && bans == null) {
      bans = Bans.after(banAfter, banTime.duration().orElse(ServingLimits.FOR_EVER));
    }
    if (bans != null) {
      server.bans(bans);
    }
  }

  /// Has users log in over HTTP, if there are any.
  void apply(HttpFileServer.Builder server, UserAuthorizer authorizer) {
    if (file != null) {
      server.users(authorizer);
    }
  }

  /// Whether there are passwords.
  boolean areSet() {
    return file != null;
  }

  /// For people; may be empty.
  String summary() {
    if (file == null) {
      return "";
    }
    return anonymous ? "users and anonymous, " : "users only, ";
  }
}
