package io.github.jsendfile.http.archive;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.OpenFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;

/// Opens members and reads them.
final class Contents {
  private Contents() {}

  /// Opens a member, which must be what it was.
  static OpenFile open(FileTree tree, Member member) throws IOException {
    OpenFile file = tree.open(member.path());
    if (!file.facts().isSameContent(member.facts())) {
      file.close();
      throw new FileSystemException(member.path().toString(), null, "changed meanwhile");
    }
    return file;
  }

  /// Fills a buffer from a position on.
  static void read(OpenFile file, long position, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      int count = file.channel().read(into, position + into.position());
      if (count < 0) {
        throw new EOFException(file.path() + " has become shorter");
      }
    }
    into.flip();
  }
}
