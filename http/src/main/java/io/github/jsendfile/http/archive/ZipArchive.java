package io.github.jsendfile.http.archive;

import io.github.jsendfile.http.exchange.AnswerSink;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

/// A zip, nothing compressed (APPNOTE 6.3.10, zip64 where it is needed). Its bytes are copied: the
/// checksum wants to see each of them. Of a small file it stands before the bytes, where the most
/// programs look for it; of a large one behind them, so that nothing is read twice.
final class ZipArchive implements Archive {
  static final int MOST_AT_ONCE = 256 * 1024;

  private static final int COPY_BYTES = 64 * 1024;

  private final FileTree tree;
  private final List<Member> members;

  ZipArchive(FileTree tree, List<Member> members) {
    this.tree = tree;
    this.members = members;
  }

  @Override
  public long length() {
    long position = 0;
    long directory = 0;
    for (Member member : members) {
      ZipRecords records = new ZipRecords(member, position, 0);
      directory += records.central().length;
      position += records.local().length + member.size() + records.descriptor().length;
    }
    return position + directory + ZipRecords.end(members.size(), position, directory).length;
  }

  @Override
  public void writeTo(AnswerSink sink) throws IOException {
    long[] positions = new long[members.size()];
    int[] sums = new int[members.size()];
    long position = 0;
    for (int i = 0; i < members.size(); i++) {
      positions[i] = position;
      sums[i] = write(members.get(i), position, sink);
      ZipRecords records = new ZipRecords(members.get(i), position, sums[i]);
      position += records.local().length + members.get(i).size() + records.descriptor().length;
    }
    long directory = 0;
    for (int i = 0; i < members.size(); i++) {
      byte[] central = new ZipRecords(members.get(i), positions[i], sums[i]).central();
      directory += central.length;
      sink.write(ByteBuffer.wrap(central));
    }
    sink.write(ByteBuffer.wrap(ZipRecords.end(members.size(), position, directory)));
  }

  /// Writes header and content.
  ///
  /// @return the checksum
  private int write(Member member, long position, AnswerSink sink) throws IOException {
    if (member.size() == 0) {
      sink.write(ByteBuffer.wrap(new ZipRecords(member, position, 0).local()));
      return 0;
    }
    try (OpenFile file = Contents.open(tree, member)) {
      return member.size() <= MOST_AT_ONCE
          ? writeAtOnce(member, position, file, sink)
          : writeInPieces(member, position, file, sink);
    }
  }

  private static int writeAtOnce(Member member, long position, OpenFile file, AnswerSink sink)
      throws IOException {
    ByteBuffer content = ByteBuffer.allocate((int) member.size());
    Contents.read(file, 0, content);
    CRC32 sum = new CRC32();
    sum.update(content.duplicate());
    sink.write(ByteBuffer.wrap(new ZipRecords(member, position, (int) sum.getValue()).local()));
    sink.write(content);
    return (int) sum.getValue();
  }

  private static int writeInPieces(Member member, long position, OpenFile file, AnswerSink sink)
      throws IOException {
    sink.write(ByteBuffer.wrap(new ZipRecords(member, position, 0).local()));
    CRC32 sum = new CRC32();
    ByteBuffer piece = ByteBuffer.allocate(COPY_BYTES);
    for (long done = 0; done < member.size(); done += piece.limit()) {
      piece.clear().limit((int) Math.min(COPY_BYTES, member.size() - done));
      Contents.read(file, done, piece);
      sum.update(piece.duplicate());
      sink.write(piece);
    }
    int value = (int) sum.getValue();
    sink.write(ByteBuffer.wrap(new ZipRecords(member, position, value).descriptor()));
    return value;
  }
}
