package io.github.jsendfile.endpoint;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads a stream, in order. A read of a FIFO or a device may wait for ever and holds its thread
/// while it does, so it happens on a platform thread that lives as long as the transfer; the
/// caller parks, and can be woken.
public interface StreamReader extends Closeable {
  /// Reads some bytes.
  ///
  /// @return how many, at least 1, or -1 at the end
  int read(byte[] destination) throws IOException;

  /// Ends a read that waits, where that is possible without closing what is not ours.
  default void wakeUp() {}

  @Override
  default void close() throws IOException {}

  /// Reads a program's stream, which stays the program's to close.
  static StreamReader of(InputStream stream) {
    boolean holdsItsThread = stream instanceof FileInputStream || stream.equals(System.in);
    return holdsItsThread && Thread.currentThread().isVirtual()
        ? new OnPlatformThread(() -> destination -> readSome(stream, destination))
        : destination -> readSome(stream, destination);
  }

  /// Reads a channel to something that has no positions; it stays the program's to close.
  static StreamReader of(FileChannel channel) {
    return new OnPlatformThread(() -> destination -> channel.read(ByteBuffer.wrap(destination)));
  }

  /// Opens a FIFO or a device, reads it and closes it.
  static StreamReader of(Path path) {
    return new OnPlatformThread(new PathOpener(path));
  }

  private static int readSome(InputStream stream, byte[] destination) throws IOException {
    int count = 0;
    while (count == 0) { // a stream may answer 0; only -1 is its end
      count = stream.read(destination);
    }
    return count;
  }

  /// Something opened on the thread that will read it.
  @FunctionalInterface
  interface Opener {
    /// Opens it; may wait.
    StreamReader open() throws IOException;

    /// Ends an [#open()] that waits.
    default void abandon() throws IOException {}
  }

  /// Opens the file of a path that is neither a regular file nor a directory.
  record PathOpener(Path path) implements Opener {
    @Override
    public StreamReader open() throws IOException {
      return new PathReader(path);
    }

    /// Opening a FIFO for reading waits for a writer, and no signal ends it: be that writer.
    /// Opened both ways a FIFO never waits.
    @Override
    public void abandon() throws IOException {
      FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
    }
  }

  /// A FIFO or a device that the transfer opened.
  final class PathReader implements StreamReader {
    private final FileChannel channel;

    PathReader(Path path) throws IOException {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    @Override
    public int read(byte[] destination) throws IOException {
      return channel.read(ByteBuffer.wrap(destination));
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// Another reader, on a platform thread.
  final class OnPlatformThread implements StreamReader {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("jsendfile-source").factory());
    private final Opener opener;
    private volatile @Nullable StreamReader opened;
    private volatile boolean closed;
    private volatile @Nullable CompletableFuture<Integer> pending;

    OnPlatformThread(Opener opener) {
      this.opener = opener;
    }

    @Override
    public int read(byte[] destination) throws IOException {
      CompletableFuture<Integer> read = new CompletableFuture<>();
      pending = read;
      thread.execute(
          () -> {
            try {
              read.complete(reader().read(destination));
            } catch (Throwable e) {
              read.completeExceptionally(e);
            }
          });
      try {
        return read.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new ClosedByInterruptException().initCause(e);
      } catch (CancellationException e) {
        throw (IOException) new InterruptedIOException("the transfer was stopped").initCause(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IOException(e.getCause());
      }
    }

    private StreamReader reader() throws IOException {
      StreamReader reader = opened;
      if (reader == null) {
        reader = opener.open();
        opened = reader;
        if (closed) {
          reader.close();
        }
      }
      return reader;
    }

    @Override
    public void wakeUp() {
      CompletableFuture<Integer> read = pending;
      if (read != null) {
        read.cancel(false);
      }
    }

    @Override
    public void close() throws IOException {
      closed = true;
      thread.shutdown();
      StreamReader reader = opened;
      if (reader != null) {
        reader.close();
      } else if (pending != null) {
        abandonOpening();
      }
    }

    private void abandonOpening() throws IOException {
      try {
        // more than once: the thread may be about to begin waiting
        for (int attempt = 0; attempt < 50; attempt++) {
          opener.abandon();
          if (thread.awaitTermination(10, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
