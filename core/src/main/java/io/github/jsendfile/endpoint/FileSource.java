package io.github.jsendfile.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// A file channel read by position: its own position is neither used nor moved, so that many
/// transfers share it.
public final class FileSource implements Source {
  private final FileChannel channel;
  private final boolean owned;

  /// Reads from `channel`, and closes it in the end when it is `owned`.
  public FileSource(FileChannel channel, boolean owned) {
    this.channel = channel;
    this.owned = owned;
  }

  @Override
  public int read(ByteBuffer destination, long position) throws IOException {
    if (position > Long.MAX_VALUE - destination.remaining()) {
      return -1; // so far no file reaches, and the kernel would call it invalid
    }
    try {
      return channel.read(destination, position);
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  @Override
  public long size() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  @Override
  public @Nullable FileChannel fileChannel() {
    return Platform.isDefaultProvider(channel) ? channel : null;
  }

  @Override
  public void close() throws IOException {
    if (owned) {
      channel.close();
    }
  }
}
