package io.github.jsendfile.cli.user;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.Diagnosis;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.LocalFiles;
import io.github.jsendfile.cli.console.Terminal;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Passwords;
import io.github.jsendfile.server.users.Rights;
import io.github.jsendfile.server.users.User;
import io.github.jsendfile.server.users.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "user",
    header = "Keep the file of users that jsendfile serve --users takes.",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "The password is asked for, or is the first line of standard input; it never stands on the"
          + " command line. The file has its bcrypt hash. It is replaced in one moment, and a server"
          + " that runs sees it within a second."
    },
    footer = {
      "",
      "Examples:",
      "  jsendfile user add users anna                    may read all",
      "  jsendfile user add users bert --rights all --home /bert",
      "  jsendfile user passwd users anna < new-password",
      "  jsendfile serve /srv/files --users users"
    })
public final class UserCommand implements Callable<Integer> {
  private static final String FILE = "The file of users.";

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  public UserCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    throw new ParameterException(commandLine, "which command? add, passwd, list or remove");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      header = "Add a user.",
      description = "The file is made, for its owner alone, if it is not there.")
  Integer add(
      @Parameters(paramLabel = "FILE", description = FILE) String file,
      @Parameters(paramLabel = "NAME", description = "Who may log in.") String name,
      @Option(
              names = "--rights",
              paramLabel = "LETTERS",
              description =
                  "e enter directories, l list, r read, a append, d delete, f rename, m make"
                      + " directories, w write, M change modes, T set times; or all;"
                      + " ${DEFAULT-VALUE} unless told.",
              defaultValue = "elr")
          Rights rights,
      @Option(
              names = "--home",
              paramLabel = "PATH",
              description =
                  "What the user sees as /, in what is served; ${DEFAULT-VALUE} unless told.",
              defaultValue = "/")
          String home)
      throws IOException {
    Path path = LocalFiles.writable(LocalFiles.path(file));
    Users users = Files.exists(path) ? LocalFiles.users(path) : Users.none();
    if (users.find(name).isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE, file + " has a user " + name + "; user passwd changes the password");
    }
    checked(() -> User.checkName(name));
    TreePath directory = checked(() -> TreePath.parse(home));
    users.with(new User(name, newPassword(name), rights, directory)).write(path);
    return ExitCode.OK.value;
  }

  @Command(name = "passwd", mixinStandardHelpOptions = true, header = "Change a user's password.")
  Integer passwd(
      @Parameters(paramLabel = "FILE", description = FILE) String file,
      @Parameters(paramLabel = "NAME", description = "Whose it is.") String name)
      throws IOException {
    Path path = LocalFiles.path(file);
    Users users = LocalFiles.users(path);
    User old = user(users, file, name);
    LocalFiles.writable(path);
    users.with(new User(name, newPassword(name), old.rights(), old.home())).write(path);
    return ExitCode.OK.value;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Show who may log in.",
      description = "A line for each user: name, rights, home.")
  Integer list(@Parameters(paramLabel = "FILE", description = FILE) String file)
      throws IOException {
    for (User user : LocalFiles.users(LocalFiles.path(file)).all()) {
      terminal.out().println(user.name() + "\t" + user.rights() + "\t" + user.home());
    }
    return ExitCode.OK.value;
  }

  @Command(name = "remove", mixinStandardHelpOptions = true, header = "Remove a user.")
  Integer remove(
      @Parameters(paramLabel = "FILE", description = FILE) String file,
      @Parameters(paramLabel = "NAME", description = "Who goes.") String name)
      throws IOException {
    Path path = LocalFiles.path(file);
    Users users = LocalFiles.users(path);
    user(users, file, name);
    users.without(name).write(LocalFiles.writable(path));
    return ExitCode.OK.value;
  }

  /// The rights as the command line has them.
  public static Rights rights(String letters) {
    return letters.equals("all") ? Rights.READ_WRITE : new Rights(letters);
  }

  private static User user(Users users, String file, String name) throws CommandFailure {
    return users
        .find(name)
        .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, file + " has no user named " + name));
  }

  private String newPassword(String name) throws IOException {
    String password = PasswordPrompt.read(terminal, name);
    return checked(() -> Passwords.hash(password));
  }

  private static <T> T checked(Callable<T> decision) throws CommandFailure {
    try {
      return decision.call();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, Diagnosis.oneLine(e), e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
