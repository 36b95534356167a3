package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// The two ways to send a file that the trap is shown with.
enum Sending {
  /// The loop that everybody writes.
  TRANSFER_TO("transferTo") {
    @Override
    void send(FileChannel file, long length, SocketChannel socket) throws IOException {
      for (long position = 0; position < length; ) {
        position += file.transferTo(position, length - position, socket);
      }
    }
  },
  JSENDFILE("JSendfile") {
    @Override
    void send(FileChannel file, long length, SocketChannel socket) throws IOException {
      SENDER.send(FileRegion.of(file, 0, length), socket);
    }
  };

  /// Longer than what is measured before.
  static final Duration STALL_TIMEOUT = Duration.ofSeconds(7);

  private static final FileSender SENDER = FileSender.builder().stallTimeout(STALL_TIMEOUT).build();

  final String words;

  Sending(String words) {
    this.words = words;
  }

  /// Sends the first bytes of a file.
  abstract void send(FileChannel file, long length, SocketChannel socket) throws IOException;
}
