package io.github.jsendfile.server.users;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who may log in, as a file has it: a line `name:hash:rights:home` for each, where rights and home
/// may be left out and then are `elr` and `/`; empty lines and those that begin with `#` say
/// nothing. A file of `htpasswd -B` is one. Immutable.
public final class Users {
  private static final int FIELDS = 4;
  private static final Users NONE = new Users(List.of());

  private final List<Line> lines;

  private Users(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /// Nobody.
  ///
  /// @return no users
  public static Users none() {
    return NONE;
  }

  /// Reads a file.
  ///
  /// @param file in UTF-8
  /// @return its users
  /// @throws IOException if it cannot be read, or if a line of it is wrong: the message names it
  public static Users read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String text : lines(file)) {
      try {
        lines.add(Line.parse(text));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ", line " + (lines.size() + 1) + ": " + e.getMessage(), e);
      }
    }
    Users users = new Users(lines);
    users.refuseDoubles(file);
    return users;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is no file of users: it is not UTF-8", e);
    }
  }

  /// Users as a file has them now, and later: it is looked at once a second and read again when it
  /// has changed. A file that has become wrong leaves the users as they were, with a warning in
  /// the log.
  ///
  /// @param file in UTF-8
  /// @return what [PasswordCheck] takes
  /// @throws IOException if it cannot be read, or if a line of it is wrong
  public static Supplier<Users> live(Path file) throws IOException {
    return new LiveUsers(requireNonNull(file, "file"), System::nanoTime);
  }

  /// All users, in the order of the file.
  ///
  /// @return a list
  public List<User> all() {
    return users().toList();
  }

  /// Finds a user.
  ///
  /// @param name as it was given by the client
  /// @return the user, if there is one of that name
  public Optional<User> find(String name) {
    return users().filter(user -> user.name().equals(name)).findFirst();
  }

  /// The same with one user more, or with one instead of another of the same name.
  ///
  /// @param user takes the place of one with the same name, or the last place
  /// @return new users
  public Users with(User user) {
    List<Line> changed = new ArrayList<>(lines);
    changed.replaceAll(line -> line.isOf(user.name()) ? Line.of(user) : line);
    if (find(user.name()).isEmpty()) {
      changed.add(Line.of(user));
    }
    return new Users(changed);
  }

  /// The same without one user.
  ///
  /// @param name who is to go
  /// @return new users
  public Users without(String name) {
    return new Users(lines.stream().filter(line -> !line.isOf(name)).toList());
  }

  /// Writes a file, whole or not at all, that only its owner may read unless it was there and
  /// others might.
  ///
  /// @param file is made, or replaced in one moment
  /// @throws IOException if it cannot be written
  public void write(Path file) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path parent = requireNonNull(target.getParent(), "a file has a directory");
    Path temporary = Files.createTempFile(parent, ".users-", ".part"); // 0600
    try {
      Files.write(temporary, lines.stream().map(Line::text).toList());
      keepPermissions(target, temporary);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    if (Files.exists(from) && Files.getFileStore(from).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }

  /// What a check of a password costs here, at most.
  int cost() {
    return users()
        .mapToInt(user -> Passwords.cost(user.passwordHash()))
        .max()
        .orElse(Passwords.COST);
  }

  private Stream<User> users() {
    return lines.stream().map(Line::user).filter(Objects::nonNull);
  }

  private void refuseDoubles(Path file) throws IOException {
    List<String> names = users().map(User::name).toList();
    for (String name : names) {
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new IOException(file + " has two users named " + name);
      }
    }
  }

  /// A line, with or without a user.
  private record Line(String text, @Nullable User user) {
    static Line parse(String text) {
      if (text.isBlank() || text.startsWith("#")) {
        return new Line(text, null);
      }
      String[] fields = text.split(":", FIELDS);
      if (fields.length < 2) {
        throw new IllegalArgumentException("not name:hash:rights:home");
      }
      Rights rights = fields.length > 2 ? new Rights(fields[2]) : Rights.READ_ONLY;
      TreePath home = fields.length > 3 ? TreePath.parse(fields[3]) : TreePath.ROOT;
      return new Line(text, new User(fields[0], fields[1], rights, home));
    }

    static Line of(User user) {
      String text =
          String.join(
              ":",
              user.name(),
              user.passwordHash(),
              user.rights().letters(),
              user.home().toString());
      return new Line(text, user);
    }

    boolean isOf(String name) {
      return user != null && user.name().equals(name);
    }
  }
}
