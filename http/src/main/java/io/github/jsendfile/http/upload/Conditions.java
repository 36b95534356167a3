package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.plan.FilePlanner;
import io.github.jsendfile.http.plan.Preconditions;
import io.github.jsendfile.http.plan.Variant;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether what a request changes is still what its client believes it to be.
final class Conditions {
  private static final int PRECONDITION_FAILED = 412;

  private final FilePlanner planner;
  private final Preconditions preconditions;

  /// @param planner judges conditions on a file that is there
  /// @param preconditions judges those on one that is not
  Conditions(FilePlanner planner, Preconditions preconditions) {
    this.planner = planner;
    this.preconditions = preconditions;
  }

  /// @param present what is there, null if there is nothing
  boolean hold(RequestHead head, @Nullable FileFacts present) {
    if (present == null || !present.isRegular()) {
      return preconditions.evaluate(head, null) == Preconditions.Outcome.PROCEED;
    }
    List<Variant> variants = List.of(variant(present));
    return planner.plan(head, planner.resource("*/*", variants)).status() != PRECONDITION_FAILED;
  }

  /// The tag with which a file is served from now on.
  static String entityTag(FileFacts facts) {
    return FilePlanner.entityTag(variant(facts));
  }

  private static Variant variant(FileFacts facts) {
    return Variant.plain(facts.size(), facts.lastModified());
  }

  /// Whether a file may get this name, as far as what is there now is concerned.
  static boolean mayBeWritten(FileTree tree, TreePath path, Existing existing) throws IOException {
    FileFacts present = factsIfThere(tree, path);
    return present == null || (present.isRegular() && existing == Existing.REPLACE);
  }

  static @Nullable FileFacts factsIfThere(FileTree tree, TreePath path) throws IOException {
    try {
      return tree.facts(path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    }
  }
}
