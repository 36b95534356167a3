package io.github.jsendfile.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/// A channel that has only a position of its own: the transfer moves it and puts it back, so one
/// transfer at a time.
public final class SeekableSource implements Source {
  private final SeekableByteChannel channel;
  private final boolean owned;
  private final long positionBefore;

  /// Reads from `channel`, and closes it in the end when it is `owned`.
  public SeekableSource(SeekableByteChannel channel, boolean owned) throws IOException {
    this.channel = channel;
    this.owned = owned;
    this.positionBefore = channel.position();
  }

  @Override
  public int read(ByteBuffer destination, long position) throws IOException {
    try {
      if (channel.position() != position) {
        channel.position(position);
      }
      return channel.read(destination);
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
  public void close() throws IOException {
    if (owned) {
      channel.close();
    } else if (channel.isOpen()) {
      channel.position(positionBefore);
    }
  }
}
