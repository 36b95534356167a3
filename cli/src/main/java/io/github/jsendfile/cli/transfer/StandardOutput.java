package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.PeerClosedException;
import io.github.jsendfile.Received;
import io.github.jsendfile.cli.console.LocalFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.LongConsumer;

/// The next program in a pipe. What it was given cannot be taken back; the exit code tells whether
/// it was all.
final class StandardOutput implements Destination {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final PrintStream out;
  private final MessageDigest digest = Sha256.begin();
  private long received;

  StandardOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public Received receive(
      FileReceiver receiver, SocketChannel socket, long length, LongConsumer progress)
      throws IOException {
    long startedAt = System.nanoTime();
    byte[] bytes = new byte[BUFFER_BYTES];
    while (received < length) {
      int most = (int) Math.min(BUFFER_BYTES, length - received);
      int count = receiver.read(socket, ByteBuffer.wrap(bytes, 0, most));
      if (count < 0) {
        break;
      }
      pass(bytes, count);
      progress.accept(received);
    }
    if (received < length && length != Long.MAX_VALUE) {
      throw new PeerClosedException(
          "the peer ended the stream after " + received + " of " + length + " bytes",
          received,
          Mechanism.BUFFERED_COPY,
          null);
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startedAt);
    return new Received(received, Mechanism.BUFFERED_COPY, false, elapsed, 0, Duration.ZERO);
  }

  private void pass(byte[] bytes, int count) throws IOException {
    digest.update(bytes, 0, count);
    received += count;
    out.write(bytes, 0, count);
    if (out.checkError()) {
      throw LocalFiles.refuse(
          "standard output", "cannot be written: the next program has ended, or a disk is full");
    }
  }

  @Override
  public Sha256 digest() {
    return Sha256.end(digest);
  }

  @Override
  public void complete() {
    // checkError() has flushed it
  }

  @Override
  public void reject() {
    // it is gone
  }

  @Override
  public String afterFailure() {
    return received + " bytes went to standard output";
  }

  @Override
  public void close() {
    // not ours
  }
}
