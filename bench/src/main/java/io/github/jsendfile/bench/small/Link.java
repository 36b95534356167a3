package io.github.jsendfile.bench.small;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A connection to the peer, an open file, and the things that are sent again and again. The JVM
/// that measures gets ports and folder as system properties.
final class Link implements AutoCloseable {
  static final String FAST_PORT = "bench.port.fast";
  static final String ANSWERING_PORT = "bench.port.answering";
  static final String BURSTS_PORT = "bench.port.bursts";
  static final String FILE = "bench.file";

  /// More than any cache holds.
  static final long FILE_BYTES = 128 << 20;

  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      Date: Sun, 22 Nov 2026 12:00:00 GMT\r
      Content-Type: text/html; charset=utf-8\r
      Content-Length: 4096\r
      Last-Modified: Sun, 22 Nov 2026 11:00:00 GMT\r
      ETag: "1000-64b1c2d3e4f50"\r
      Accept-Ranges: bytes\r
      Connection: keep-alive\r
      \r
      """;

  final Path path;
  final FileChannel file;
  final SocketChannel socket;
  private final ByteBuffer head = ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.US_ASCII));
  private final int length;
  private long position;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(1);
  private final ByteBuffer buffer;
  private final ByteBuffer[] headAndBuffer;

  private Link(SocketChannel socket, int fileBytes) throws IOException {
    this.socket = socket;
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    path = Path.of(System.getProperty(FILE));
    file = FileChannel.open(path, StandardOpenOption.READ);
    length = fileBytes;
    buffer = ByteBuffer.allocateDirect(fileBytes);
    headAndBuffer = new ByteBuffer[] {head, buffer};
  }

  /// To a peer that says nothing.
  static Link stream(String portProperty, int fileBytes) throws IOException {
    return new Link(Peer.connect(Integer.getInteger(portProperty)), fileBytes);
  }

  /// To a peer that answers to each file.
  static Link answered(int fileBytes, boolean withHead) throws IOException {
    int bytes = fileBytes + (withHead ? HEAD.length() : 0);
    return new Link(Peer.connectAnswering(Integer.getInteger(ANSWERING_PORT), bytes), fileBytes);
  }

  /// Goes on to the next part of the file, so that what is sent is in no cache of the CPU's, as
  /// it is when a server has many files.
  void next() {
    position += length;
    if (position + length > FILE_BYTES) {
      position = 0;
    }
  }

  /// Waits until the peer has it all: the next one meets an empty connection.
  void awaitAnswer() throws IOException {
    Peer.awaitAnswer(socket, answer);
  }

  /// The head, ready to be sent.
  ByteBuffer head() {
    return head.rewind();
  }

  FileRegion region() {
    return FileRegion.of(file, position, length);
  }

  FileRegion regionOfPath() {
    return FileRegion.of(path, position, length);
  }

  FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  long headThenTransferTo(FileChannel channel) throws IOException {
    ByteBuffer first = head();
    while (first.hasRemaining()) {
      socket.write(first);
    }
    return transferTo(channel, 0);
  }

  /// The loop everybody writes; on a thread and a channel where it does not trip.
  long transferTo(FileChannel channel, int from) throws IOException {
    long sent = from;
    while (sent < length) {
      sent += channel.transferTo(position + sent, length - sent, socket);
    }
    return sent;
  }

  /// Reads the first bytes, sends them in one write with the head, the rest by `transferTo`.
  long gatherThenTransferTo(FileChannel channel, int firstBytes) throws IOException {
    buffer.clear().limit(Math.min(firstBytes, length));
    return transferTo(channel, gather(channel));
  }

  /// Reads all, sends it in one write with the head.
  int gatherAll(FileChannel channel) throws IOException {
    buffer.clear();
    return gather(channel);
  }

  private int gather(FileChannel channel) throws IOException {
    head();
    int count = readAll(channel);
    while (buffer.hasRemaining()) {
      socket.write(headAndBuffer);
    }
    return count;
  }

  /// Reads all, writes all, without a head.
  int copy(FileChannel channel) throws IOException {
    buffer.clear();
    int count = readAll(channel);
    while (buffer.hasRemaining()) {
      socket.write(buffer);
    }
    return count;
  }

  private int readAll(FileChannel channel) throws IOException {
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // until full
    }
    buffer.flip();
    return buffer.remaining();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    file.close();
  }
}
