package io.github.jsendfile.server.files;

import io.github.jsendfile.linux.HeldFiles;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;

/// A regular file of a [FileTree], open. Who opened it closes it when nothing is sent from it any
/// more; [#close()] is idempotent.
public final class OpenFile implements AutoCloseable {
  private final TreePath path;
  private final FileChannel channel;
  private final FileFacts facts;
  private final Map<String, FileFacts> beside;

  OpenFile(TreePath path, FileChannel channel, FileFacts facts, Map<String, FileFacts> beside) {
    this.path = path;
    this.channel = channel;
    this.facts = facts;
    this.beside = beside;
    HeldFiles.hold(channel);
  }

  /// The name it was opened by.
  ///
  /// @return the path
  public TreePath path() {
    return path;
  }

  /// The file's bytes. Its own position is nobody's: read at absolute positions.
  ///
  /// @return the channel; closed with this
  public FileChannel channel() {
    return channel;
  }

  /// What the file system said when it was opened.
  ///
  /// @return the facts, of this very file
  public FileFacts facts() {
    return facts;
  }

  /// What stood beside it when it was opened: see [FileTree#open(TreePath, java.util.List)].
  ///
  /// @return the facts of regular files, by what their names have behind its name
  public Map<String, FileFacts> beside() {
    return beside;
  }

  @Override
  public void close() throws IOException {
    HeldFiles.letGo(channel);
    channel.close();
  }

  @Override
  public String toString() {
    return path + ", open, " + facts;
  }
}
