package io.github.jsendfile.server.users;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets in the users of a file, each into their home, and perhaps anonymous ones. Thread-safe.
public final class UserAuthorizer implements Authorizer, AutoCloseable {
  private final FileTree files;
  private final @Nullable PasswordCheck passwords;
  private final @Nullable Rights anonymousRights;
  private final Homes homes;
  private final Map<TreePath, FileTree> opened = new HashMap<>();

  /// Opens a user's home.
  @FunctionalInterface
  public interface Homes {
    /// Opens it, as the whole is open: with the same links followed and hidden files shown.
    ///
    /// @param directory the home on this machine
    /// @return a tree; closed by the authorizer
    /// @throws IOException if it is no directory that can be read
    FileTree open(Path directory) throws IOException;
  }

  private UserAuthorizer(
      FileTree files,
      @Nullable PasswordCheck passwords,
      @Nullable Rights anonymousRights,
      Homes homes) {
    this.files = files;
    this.passwords = passwords;
    this.anonymousRights = anonymousRights;
    this.homes = homes;
  }

  /// Lets anybody in as `anonymous`, with any password, and nobody else.
  ///
  /// @param files what they see
  /// @param rights [Rights#READ_ONLY] is usual
  /// @return an authorizer
  public static UserAuthorizer anonymous(FileTree files, Rights rights) {
    return new UserAuthorizer(
        requireNonNull(files, "files"), null, requireNonNull(rights, "rights"), FileTree::of);
  }

  /// Lets users in.
  ///
  /// @param files what is served; homes are below its root
  /// @param passwords checks who they are
  /// @param homes opens what is not the whole of it
  /// @return an authorizer
  public static UserAuthorizer users(FileTree files, PasswordCheck passwords, Homes homes) {
    return new UserAuthorizer(
        requireNonNull(files, "files"),
        requireNonNull(passwords, "passwords"),
        null,
        requireNonNull(homes, "homes"));
  }

  /// The same, with `anonymous` beside the users.
  ///
  /// @param rights [Rights#READ_ONLY] is usual
  /// @return another authorizer; this one is not to be used any more
  public UserAuthorizer andAnonymous(Rights rights) {
    return new UserAuthorizer(files, passwords, requireNonNull(rights, "rights"), homes);
  }

  @Override
  public Optional<Account> login(String user, String password, InetAddress client)
      throws IOException {
    if (anonymousRights != null && user.equals(Account.ANONYMOUS)) {
      return Optional.of(new Account(Account.ANONYMOUS, files, anonymousRights));
    }
    Optional<User> found = passwords == null ? Optional.empty() : passwords.check(user, password);
    return found.isEmpty() ? Optional.empty() : Optional.of(account(found.get()));
  }

  private Account account(User user) throws IOException {
    return new Account(user.name(), home(user), user.rights());
  }

  private synchronized FileTree home(User user) throws IOException {
    if (user.home().isRoot()) {
      return files;
    }
    FileTree home = opened.get(user.home());
    if (home == null) {
      Path directory = files.root().resolve(user.home().toString().substring(1));
      if (!Files.isDirectory(directory)) {
        throw new IOException(
            "the home of "
                + user.name()
                + ", "
                + user.home()
                + ", is no directory in what is served");
      }
      home = homes.open(directory);
      opened.put(user.home(), home);
    }
    return home;
  }

  /// Closes the homes it has opened, not the whole.
  @Override
  public synchronized void close() throws IOException {
    for (FileTree home : opened.values()) {
      home.close();
    }
    opened.clear();
  }
}
