package io.github.jsendfile.server.path;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;

/// A path as a client means it: from the root of a `FileTree`, names with `/` between them,
/// without empty names, without `.` and `..`, so that it cannot lead out of the root by its
/// spelling. What the names are on the machine is the tree's business.
///
/// Its text is already decoded; a backslash is a character like any other. Immutable.
public final class TreePath {
  /// The root, `/`.
  public static final TreePath ROOT = new TreePath("/");

  private final String text;

  private TreePath(String text) {
    this.text = text;
  }

  /// Reads a path from the root on: `a/b`, `/a/b`, `//a/./b/` and `/../a/c/../b` all are `/a/b`.
  /// A `..` never leads above the root. Who wants to refuse such spellings looks before.
  ///
  /// @param path what the client wrote, decoded
  /// @return the path
  /// @throws InvalidPathException if it contains the character NUL
  public static TreePath parse(String path) {
    return isPlain(path) ? new TreePath(path) : ROOT.resolve(path);
  }

  /// Reads a path as seen from this one, as a change of directory does: from the root if it
  /// begins with `/`. A `..` never leads above the root.
  ///
  /// @param path what the client wrote, decoded
  /// @return the path
  /// @throws InvalidPathException if it contains the character NUL
  public TreePath resolve(String path) {
    refuseNul(path);
    List<String> names = new ArrayList<>(path.startsWith("/") ? List.of() : names());
    for (String name : path.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> removeLast(names);
        default -> names.add(name);
      }
    }
    return of(names);
  }

  /// An entry of this directory.
  ///
  /// @param name one name
  /// @return its path
  /// @throws InvalidPathException if that is no name: empty, `.`, `..`, or with `/` or NUL in it
  public TreePath child(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new InvalidPathException(name, "is not a name");
    }
    refuseNul(name);
    return new TreePath(isRoot() ? text + name : text + "/" + name);
  }

  /// Whether this is the root.
  ///
  /// @return true for `/`
  public boolean isRoot() {
    return text.length() == 1;
  }

  /// The last name.
  ///
  /// @return it, or an empty text for the root
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /// The directory this is in.
  ///
  /// @return it; the root for the root
  public TreePath parent() {
    int end = text.lastIndexOf('/');
    return end == 0 ? ROOT : new TreePath(text.substring(0, end));
  }

  /// All names, from the root on.
  ///
  /// @return them, unmodifiable; none for the root
  public List<String> names() {
    return isRoot() ? List.of() : List.of(text.substring(1).split("/"));
  }

  /// Whether this is another path or below it.
  ///
  /// @param other the other path
  /// @return true also when both are the same
  public boolean startsWith(TreePath other) {
    return other.isRoot()
        || (text.startsWith(other.text)
            && (text.length() == other.text.length() || text.charAt(other.text.length()) == '/'));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreePath path && path.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// The path's one spelling: `/`, `/a`, `/a/b`.
  @Override
  public String toString() {
    return text;
  }

  private static TreePath of(List<String> names) {
    return names.isEmpty() ? ROOT : new TreePath("/" + String.join("/", names));
  }

  private static void removeLast(List<String> names) {
    if (!names.isEmpty()) {
      names.removeLast();
    }
  }

  private static void refuseNul(String path) {
    int nul = requireNonNull(path, "path").indexOf('\0');
    if (nul >= 0) {
      throw new InvalidPathException(path.replace('\0', '?'), "has the character NUL in it", nul);
    }
  }

  /// Whether a path is spelt as [#toString()] spells it, which most are: then nothing is copied.
  private static boolean isPlain(String path) {
    int length = path.length();
    if (length < 2 || path.charAt(0) != '/' || path.charAt(length - 1) == '/') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = path.charAt(i);
      if (c == '\0' || (c == '/' && isEmptyOrDotted(path, i + 1))) {
        return false;
      }
    }
    return true;
  }

  /// Whether the name that begins here is empty or begins with a dot: `.x` is fine, but rare.
  private static boolean isEmptyOrDotted(String path, int at) {
    return path.charAt(at) == '/' || path.charAt(at) == '.';
  }
}
