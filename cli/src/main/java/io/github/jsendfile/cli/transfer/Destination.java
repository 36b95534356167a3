package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Received;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.function.LongConsumer;

/// Where one connection's bytes go.
interface Destination extends AutoCloseable {
  /// Takes the connection's bytes.
  Received receive(FileReceiver receiver, SocketChannel socket, long length, LongConsumer progress)
      throws IOException;

  /// The digest of what was taken.
  Sha256 digest() throws IOException;

  /// What was taken is whole: makes it the file.
  void complete() throws IOException;

  /// What was taken is wrong: takes it back, where that is possible.
  void reject() throws IOException;

  /// What becomes of what was taken when the transfer fails, for the user to read.
  String afterFailure();

  /// Ends it; what was not completed is dropped, or stays, as [#afterFailure()] says.
  @Override
  void close() throws IOException;
}
