package io.github.jsendfile.server.listener;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Tells clients that they are not let in, each on a virtual thread: says it, ends its own side
/// and reads on for a moment, since a close with unread bytes is a reset that takes the answer
/// back. A flood is reset without a word.
final class Refusals {
  /// More at once are not answered.
  private static final int MOST = 128;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int BUFFER_BYTES = 4096;

  private final Function<Refusal, byte[]> answer;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  Refusals(Function<Refusal, byte[]> answer) {
    this.answer = answer;
  }

  /// Answers, and closes the channel in any case.
  void refuse(SocketChannel channel, Refusal reason) {
    if (open.size() >= MOST) {
      Connection.abort(channel);
      return;
    }
    open.add(channel);
    Thread.startVirtualThread(
        () -> {
          try (channel) {
            say(channel, answer.apply(reason));
          } catch (IOException ignored) { // it has gone, or has had its time
          } finally {
            open.remove(channel);
          }
        });
  }

  int size() {
    return open.size();
  }

  /// Closes all that are being answered.
  void close() {
    open.forEach(Connection::abort);
  }

  private static void say(SocketChannel channel, byte[] words) throws IOException {
    channel.write(ByteBuffer.wrap(words)); // fits into the empty send buffer: does not wait
    channel.shutdownOutput();
    Socket socket = channel.socket();
    InputStream in = socket.getInputStream();
    byte[] unread = new byte[BUFFER_BYTES];
    long end = System.nanoTime() + PATIENCE_NANOS;
    int read = 0;
    while (read >= 0 && end - System.nanoTime() > 0) {
      socket.setSoTimeout(Math.max(1, (int) ((end - System.nanoTime()) / 1_000_000)));
      read = in.read(unread);
    }
  }
}
