package io.github.jsendfile.http.archive;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.http.exchange.AnswerSink;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A tar (POSIX.1-2001, pax): the bytes of its files go by zero-copy.
final class TarArchive implements Archive {
  private static final int BLOCK = 512;
  private static final int END = 2 * BLOCK;

  /// Up to here it is cheaper to collect files than to send each by itself.
  private static final int MOST_COPIED = 8 * 1024;

  private final FileTree tree;
  private final List<Member> members;

  TarArchive(FileTree tree, List<Member> members) {
    this.tree = tree;
    this.members = members;
  }

  @Override
  public long length() {
    long length = END;
    for (Member member : members) {
      length += TarHeader.of(member).length + member.size() + padding(member.size());
    }
    return length;
  }

  @Override
  public void writeTo(AnswerSink sink) throws IOException {
    for (Member member : members) {
      sink.write(ByteBuffer.wrap(TarHeader.of(member)));
      if (member.size() > 0) {
        writeContent(member, sink);
      }
    }
    sink.write(ByteBuffer.allocate(END));
  }

  private void writeContent(Member member, AnswerSink sink) throws IOException {
    try (OpenFile file = Contents.open(tree, member)) {
      if (member.size() > MOST_COPIED) {
        sink.send(FileRegion.of(file.channel(), 0, member.size()));
      } else {
        ByteBuffer content = ByteBuffer.allocate((int) member.size());
        Contents.read(file, 0, content);
        sink.write(content);
      }
    }
    sink.write(ByteBuffer.allocate(padding(member.size())));
  }

  private static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }
}
