package io.github.jsendfile.ftp.data;

import io.github.jsendfile.Mechanism;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// What one transfer moves over its data connection. Closing it gives up what was not completed.
public interface Cargo extends AutoCloseable {
  /// Moves all of it.
  ///
  /// @throws io.github.jsendfile.TransferException if it fails on the way
  void move(SocketChannel data) throws IOException;

  /// How long to doubt, after its end, that all of it has moved; zero if that is certain.
  default Duration doubt() {
    return Duration.ZERO;
  }

  /// Makes it last, after it has moved and the data connection has ended.
  void complete() throws IOException;

  /// How many bytes have moved so far; asked by other threads.
  long bytes();

  /// The way they went.
  Mechanism mechanism();

  @Override
  void close();
}
