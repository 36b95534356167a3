package io.github.jsendfile.endpoint;

import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file channel read by position: its own position is neither used nor moved, so that many
/// transfers share it.
public final class FileSource implements Source {
  /// A descriptor that is not there.
  public static final int NO_DESCRIPTOR = -1;

  private final FileChannel channel;
  private final boolean owned;
  private final int descriptor;
  private final @Nullable Kernel kernel;
  private final long sizeWhenOpened;

  /// Reads from `channel`, which is of this size now, and closes it in the end when it is
  /// `owned`.
  public FileSource(FileChannel channel, boolean owned, long size) {
    this(channel, owned, size, NO_DESCRIPTOR, null);
  }

  private FileSource(
      FileChannel channel, boolean owned, long size, int descriptor, @Nullable Kernel kernel) {
    this.channel = channel;
    this.owned = owned;
    this.sizeWhenOpened = size;
    this.descriptor = descriptor;
    this.kernel = kernel;
  }

  /// Reads from `channel` and `descriptor`, which somebody else keeps open until [#close()] and
  /// closes. The size is what the caller says of it.
  public static FileSource held(FileChannel channel, int descriptor, long size) {
    return new FileSource(channel, false, size, descriptor, null);
  }

  /// Opens a file of the default file system. Where the kernel can be called but the JDK does not
  /// show the descriptors of its channels, the file is opened by us first and by the JDK through
  /// our descriptor: so that both surely are the same file, whatever the path names by then.
  public static FileSource open(Path path, long size) throws IOException {
    Kernel kernel = NativeAccess.here().kernel();
    return kernel == null || NativeAccess.descriptorsAreShown()
        ? new FileSource(FileChannel.open(path, StandardOpenOption.READ), true, size)
        : open(path, size, kernel);
  }

  /// Opens a file by `kernel` first.
  public static FileSource open(Path path, long size, Kernel kernel) throws IOException {
    int descriptor = kernel.open(path.toAbsolutePath().toString());
    if (descriptor < 0) {
      return new FileSource(FileChannel.open(path, StandardOpenOption.READ), true, size);
    }
    try {
      Path same = Path.of("/proc/self/fd/" + descriptor);
      return new FileSource(
          FileChannel.open(same, StandardOpenOption.READ), true, size, descriptor, kernel);
    } catch (IOException e) { // no /proc here
      kernel.close(descriptor);
      return new FileSource(FileChannel.open(path, StandardOpenOption.READ), true, size);
    }
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
  public long sizeWhenOpened() {
    return sizeWhenOpened;
  }

  @Override
  public @Nullable FileChannel fileChannel() {
    return Platform.isDefaultProvider(channel) ? channel : null;
  }

  @Override
  public boolean isOwn() {
    return owned;
  }

  /// A descriptor of the same file that nobody closes before [#close()], or [#NO_DESCRIPTOR].
  @Override
  public int ownDescriptor() {
    return descriptor;
  }

  @Override
  public void close() throws IOException {
    if (kernel != null) { // by which it was opened
      kernel.close(descriptor);
    }
    if (owned) {
      channel.close();
    }
  }
}
