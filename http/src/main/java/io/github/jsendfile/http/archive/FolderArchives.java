package io.github.jsendfile.http.archive;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.message.RequestPath;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Answers with a folder as one file, its length announced. For any number of threads.
public final class FolderArchives {
  private static final int FORBIDDEN = 403;

  private final FileTree tree;

  /// What an archive is written as.
  public enum Format {
    /// A zip, nothing compressed.
    ZIP("application/zip", ".zip"),
    /// A tar, whose files go by zero-copy.
    TAR("application/x-tar", ".tar");

    private final String mediaType;
    private final String suffix;

    Format(String mediaType, String suffix) {
      this.mediaType = mediaType;
      this.suffix = suffix;
    }
  }

  /// Makes the archives of a tree.
  public FolderArchives(FileTree tree) {
    this.tree = tree;
  }

  /// A folder and everything below it; 403 if that is more than 100,000 files and folders.
  ///
  /// @throws IOException as [FileTree#list]
  public Answer answer(TreePath folder, Format format) throws IOException {
    Optional<List<Member>> members = Members.below(tree, folder);
    if (members.isEmpty()) {
      return Answer.of(FORBIDDEN, ResponseFields.NONE);
    }
    Archive archive =
        format == Format.ZIP
            ? new ZipArchive(tree, members.get())
            : new TarArchive(tree, members.get());
    AnswerBody body = new AnswerBody.Written(archive.length(), archive::writeTo);
    return Answer.of(200, fields(folder, format), body);
  }

  private static ResponseFields fields(TreePath folder, Format format) {
    String name = (folder.isRoot() ? "files" : folder.name()) + format.suffix;
    return ResponseFields.builder()
        .add("Content-Type", format.mediaType)
        .add("Content-Disposition", "attachment; filename*=UTF-8''" + RequestPath.encode(name))
        .add("Cache-Control", "no-cache")
        .add("X-Content-Type-Options", "nosniff")
        .build();
  }
}
