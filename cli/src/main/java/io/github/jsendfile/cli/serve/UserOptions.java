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
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who may log in, over HTTP and FTP alike.
final class UserOptions {
  final OptionGroup group = new OptionGroup("Who may:");

  private final Setting<String> file =
      group.optional(
          "--users",
          "FILE",
          Function.identity(),
          "Let the users of this file log in, each into their home and with their rights, as"
              + " jsendfile user writes it; without it, everybody is anonymous.");

  private final Setting<Boolean> anonymous =
      group.flag("--anonymous", "Let anonymous read beside the users of --users.");

  private final Setting<TimeLimit> loginDelay =
      group.valued(
          "--login-delay",
          "TIME",
          TimeLimit::parse,
          "1s",
          "How long a failed login waits for its answer; ${DEFAULT-VALUE} unless told, none for at"
              + " once.");

  private final Setting<Integer> banAfter =
      group.valued(
          "--ban-after",
          "N",
          OptionGroup::wholeNumber,
          "30",
          "Turn an address away after so many failed logins; ${DEFAULT-VALUE} unless told, 0 for"
              + " never.");

  private final Setting<TimeLimit> banTime =
      group.valued(
          "--ban-time",
          "TIME",
          TimeLimit::parse,
          "10m",
          "For how long; ${DEFAULT-VALUE} unless told.");

  private @Nullable Bans bans;

  /// Who may log in.
  ///
  /// @param everybody the rights of anonymous where there are no users
  /// @return closed by the caller, after the servers
  UserAuthorizer authorizer(FileTree files, UserAuthorizer.Homes homes, Rights everybody)
      throws IOException {
    if (!areSet()) {
      return UserAuthorizer.anonymous(files, everybody);
    }
    UserAuthorizer users =
        UserAuthorizer.users(files, PasswordCheck.of(live(LocalFiles.path(file.get()))), homes);
    return anonymous.get() ? users.andAnonymous(Rights.READ_ONLY) : users;
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
    server.loginDelay(loginDelay.get().duration().orElse(Duration.ZERO));
    int failures = banAfter.get();
    if (failures < 0) {
      throw new CommandFailure(
          ExitCode.USAGE, "--ban-after is " + failures + "; it must be 0 or more");
    }
    if (failures > 0 && bans == null) {
      bans = Bans.after(failures, ServingLimits.orForEver(banTime.get()));
    }
    if (bans != null) {
      server.bans(bans);
    }
  }

  /// Has users log in over HTTP, if there are any.
  void apply(HttpFileServer.Builder server, UserAuthorizer authorizer) {
    if (areSet()) {
      server.users(authorizer);
    }
  }

  /// Whether there are passwords.
  boolean areSet() {
    return file.given().isPresent();
  }

  /// For people; may be empty.
  String summary() {
    if (!areSet()) {
      return "";
    }
    return anonymous.get() ? "users and anonymous, " : "users only, ";
  }
}
