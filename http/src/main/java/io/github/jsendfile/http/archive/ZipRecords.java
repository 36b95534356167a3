package io.github.jsendfile.http.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// The records of one member in a zip, and those at its end.
///
/// @param member what they are about
/// @param position of its local header
/// @param sum the checksum of its content; 0 where it is not known yet
record ZipRecords(Member member, long position, int sum) {
  private static final long MOST_32 = 0xFFFF_FFFFL;
  private static final int MOST_16 = 0xFFFF;
  private static final short UTF_8_NAMES = 1 << 11;
  private static final short SUM_FOLLOWS = 1 << 3;
  private static final short VERSION = 20;
  private static final short VERSION_OF_64 = 45;
  private static final int MADE_ON_UNIX = 3 << 8;
  private static final int FILE_TYPE = 0100000;
  private static final int FOLDER_TYPE = 0040000;

  /// Before the content.
  byte[] local() {
    byte[] name = member.nameBytes();
    byte[] extra = localExtra();
    ByteBuffer record = buffer(30 + name.length + extra.length);
    record.putInt(0x04034B50).putShort(isLarge() ? VERSION_OF_64 : VERSION);
    putShared(record, isSumBehind() ? 0 : sum);
    int size = isLarge() ? -1 : isSumBehind() ? 0 : (int) member.size();
    record.putInt(size).putInt(size);
    record.putShort((short) name.length).putShort((short) extra.length);
    return written(record.put(name).put(extra));
  }

  /// Behind the content of a large file; empty for others.
  byte[] descriptor() {
    if (!isSumBehind()) {
      return new byte[0];
    }
    ByteBuffer record = buffer(isLarge() ? 24 : 16);
    record.putInt(0x08074B50).putInt(sum);
    if (isLarge()) {
      record.putLong(member.size()).putLong(member.size());
    } else {
      record.putInt((int) member.size()).putInt((int) member.size());
    }
    return written(record);
  }

  /// In the directory at the end.
  byte[] central() {
    byte[] name = member.nameBytes();
    byte[] extra = centralExtra();
    ByteBuffer record = buffer(46 + name.length + extra.length);
    short version = isLarge() || isFar() ? VERSION_OF_64 : VERSION;
    record.putInt(0x02014B50).putShort((short) (MADE_ON_UNIX | version)).putShort(version);
    putShared(record, sum);
    int size = isLarge() ? -1 : (int) member.size();
    record.putInt(size).putInt(size);
    record.putShort((short) name.length).putShort((short) extra.length);
    record.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    int type = member.isFolder() ? FOLDER_TYPE : FILE_TYPE;
    record.putInt((type | member.facts().mode()) << 16 | (member.isFolder() ? 0x10 : 0));
    record.putInt(isFar() ? -1 : (int) position);
    return written(record.put(name).put(extra));
  }

  /// Behind everything.
  static byte[] end(int count, long directoryPosition, long directoryBytes) {
    boolean is64 = count >= MOST_16 || directoryPosition >= MOST_32 || directoryBytes >= MOST_32;
    ByteBuffer record = buffer(is64 ? 56 + 20 + 22 : 22);
    if (is64) {
      putEnd64(record, count, directoryPosition, directoryBytes);
    }
    short shown = (short) Math.min(count, MOST_16);
    record.putInt(0x06054B50).putInt(0).putShort(shown).putShort(shown);
    record.putInt((int) Math.min(directoryBytes, MOST_32));
    record.putInt((int) Math.min(directoryPosition, MOST_32));
    return written(record.putShort((short) 0));
  }

  private static void putEnd64(ByteBuffer record, int count, long position, long bytes) {
    record.putInt(0x06064B50).putLong(44);
    record.putShort((short) (MADE_ON_UNIX | VERSION_OF_64)).putShort(VERSION_OF_64);
    record.putInt(0).putInt(0).putLong(count).putLong(count).putLong(bytes).putLong(position);
    record.putInt(0x07064B50).putInt(0).putLong(position + bytes).putInt(1);
  }

  private void putShared(ByteBuffer record, int shownSum) {
    record.putShort((short) (UTF_8_NAMES | (isSumBehind() ? SUM_FOLLOWS : 0)));
    record.putShort((short) 0).putInt(dosTime()).putInt(shownSum);
  }

  private boolean isSumBehind() {
    return member.size() > ZipArchive.MOST_AT_ONCE;
  }

  private boolean isLarge() {
    return member.size() >= MOST_32;
  }

  private boolean isFar() {
    return position >= MOST_32;
  }

  private byte[] localExtra() {
    ByteBuffer extra = putTime(buffer(29));
    if (isLarge()) {
      extra.putShort((short) 1).putShort((short) 16).putLong(0).putLong(0);
    }
    return written(extra);
  }

  private byte[] centralExtra() {
    ByteBuffer extra = putTime(buffer(37));
    int wide = (isLarge() ? 16 : 0) + (isFar() ? 8 : 0);
    if (wide > 0) {
      extra.putShort((short) 1).putShort((short) wide);
    }
    if (isLarge()) {
      extra.putLong(member.size()).putLong(member.size());
    }
    if (isFar()) {
      extra.putLong(position);
    }
    return written(extra);
  }

  /// The time in seconds since 1970, which DOS did not count.
  private ByteBuffer putTime(ByteBuffer extra) {
    long seconds = member.facts().lastModified().getEpochSecond();
    int shown = Math.clamp(seconds, Integer.MIN_VALUE, Integer.MAX_VALUE);
    return extra.putShort((short) 0x5455).putShort((short) 5).put((byte) 1).putInt(shown);
  }

  /// Date and time as DOS has them: from 1980 to 2107, in steps of two seconds.
  private int dosTime() {
    LocalDateTime time = LocalDateTime.ofInstant(member.facts().lastModified(), ZoneOffset.UTC);
    if (time.getYear() < 1980 || time.getYear() > 2107) {
      return 1 << 21 | 1 << 16;
    }
    int date = (time.getYear() - 1980) << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
    int clock = time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
    return date << 16 | clock;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] written(ByteBuffer record) {
    byte[] bytes = new byte[record.position()];
    record.get(0, bytes);
    return bytes;
  }
}
