package io.github.jsendfile.http.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// What stands before a member in a tar: a block of 512 bytes; before it a pax record for what
/// does not fit in there: long or non-ASCII names, 8 GiB and more, times before 1970.
final class TarHeader {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final long MOST_OCTAL = (1L << 33) - 1; // eleven octal digits

  private TarHeader() {}

  static byte[] of(Member member) {
    byte[] records = records(member);
    byte[] own = block(member.nameBytes(), member, member.isFolder() ? '5' : '0', member.size());
    if (records.length == 0) {
      return own;
    }
    int padded = (records.length + BLOCK - 1) / BLOCK * BLOCK;
    ByteBuffer header = ByteBuffer.allocate(BLOCK + padded + BLOCK);
    header.put(block(ascii("PaxHeader"), member, 'x', records.length));
    header.put(records).position(BLOCK + padded);
    return header.put(own).array();
  }

  private static byte[] records(Member member) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    byte[] name = member.nameBytes();
    if (name.length > NAME_BYTES || name.length != member.name().length()) {
      records.writeBytes(record("path", name));
    }
    if (member.size() > MOST_OCTAL) {
      records.writeBytes(record("size", ascii(Long.toString(member.size()))));
    }
    long seconds = member.facts().lastModified().getEpochSecond();
    if (seconds < 0 || seconds > MOST_OCTAL) {
      records.writeBytes(record("mtime", ascii(Long.toString(seconds))));
    }
    return records.toByteArray();
  }

  /// `LENGTH key=value\n`, where the length counts its own digits too.
  private static byte[] record(String key, byte[] value) {
    int rest = 1 + key.length() + 1 + value.length + 1;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    ByteBuffer record = ByteBuffer.allocate(length);
    record.put(ascii(length + " " + key + "=")).put(value).put((byte) '\n');
    return record.array();
  }

  private static byte[] block(byte[] name, Member member, char type, long size) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    block.put(Arrays.copyOf(name, NAME_BYTES));
    block.put(octal(7, member.facts().mode())); // mode
    block.put(octal(7, 0)).put(octal(7, 0)); // nobody's: owners are the machine's business
    block.put(octal(11, size <= MOST_OCTAL ? size : 0));
    long seconds = member.facts().lastModified().getEpochSecond();
    block.put(octal(11, Math.clamp(seconds, 0, MOST_OCTAL)));
    block.put(ascii("        ")).put((byte) type);
    block.position(257).put(ascii("ustar\0" + "00"));
    return checked(block.array());
  }

  /// The sum is that of the block with spaces in its place.
  private static byte[] checked(byte[] block) {
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xFF;
    }
    byte[] text = ascii(String.format(Locale.ROOT, "%06o\0 ", sum));
    System.arraycopy(text, 0, block, 148, text.length);
    return block;
  }

  private static byte[] octal(int digits, long value) {
    return ascii(String.format(Locale.ROOT, "%0" + digits + "o\0", value));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
