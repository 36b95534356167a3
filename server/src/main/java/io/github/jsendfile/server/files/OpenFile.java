package io.github.jsendfile.server.files;

import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;

/// A regular file of a [FileTree], open. Who opened it closes it; [#close()] is idempotent.
public final class OpenFile implements AutoCloseable {
  private final TreePath path;
  private final FileChannel channel;
  private final FileFacts facts;

  OpenFile(TreePath path, FileChannel channel, FileFacts facts) {
    this.path = path;
    this.channel = channel;
    this.facts = facts;
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

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return path + ", open, " + facts;
  }
}
