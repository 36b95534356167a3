package io.github.jsendfile.cli.transfer;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/// A connection that the kernel resets however this process ends, `kill -9` included, unless
/// [#endWell()] was called before: so that no peer takes a part for the whole. (A UNIX-domain
/// socket knows no reset; there only a length or a digest tells.)
final class Connection implements AutoCloseable {
  private static final int RESET = 0;
  private static final int ORDERLY = -1;

  private final SocketChannel channel;

  Connection(SocketChannel channel) throws IOException {
    this.channel = channel;
    linger(RESET);
  }

  SocketChannel channel() {
    return channel;
  }

  /// From now on closing it delivers what was sent, and tells the peer that this was all.
  void endWell() throws IOException {
    linger(ORDERLY);
  }

  private void linger(int seconds) throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
