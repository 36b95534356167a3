package io.github.jsendfile.ftp.data;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Received;
import io.github.jsendfile.TransferException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalLong;

/// A file that is received: as it comes, inside the kernel where that can be; or with its line
/// ends converted.
public final class UploadCargo implements Cargo {
  private static final System.Logger LOG = System.getLogger(UploadCargo.class.getPackageName());
  private static final int BUFFER_BYTES = 64 * 1024;

  private final StoredFile stored;
  private final boolean ascii;
  private final OptionalLong announced;
  private final FileReceiver receiver;
  private final Doubt doubt = new Doubt();
  private volatile long bytes;
  private volatile Mechanism mechanism = Mechanism.BUFFERED_COPY;

  /// @param stored ended with this
  /// @param ascii whether line ends are converted
  /// @param announced how long the client has said it will be
  public UploadCargo(
      StoredFile stored, boolean ascii, OptionalLong announced, FileReceiver receiver) {
    this.stored = stored;
    this.ascii = ascii;
    this.announced = announced;
    this.receiver = receiver;
  }

  @Override
  public void move(SocketChannel data) throws IOException {
    if (ascii) {
      moveText(data);
    } else {
      moveBytes(data);
    }
  }

  private void moveBytes(SocketChannel data) throws IOException {
    try {
      Received received =
          receiver.receive(data, stored.channel(), stored.position(), Long.MAX_VALUE, this::moved);
      bytes = received.bytesReceived();
      mechanism = received.mechanism();
    } catch (TransferException e) {
      bytes = e.bytesTransferred();
      mechanism = e.mechanism();
      throw e;
    }
  }

  private void moved(long count) {
    if (count > bytes) {
      bytes = count;
      doubt.moved();
    }
  }

  private void moveText(SocketChannel data) throws IOException {
    ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES);
    ByteBuffer text = ByteBuffer.allocateDirect(BUFFER_BYTES + 1);
    LineEnds lineEnds = new LineEnds();
    long position = stored.position();
    long count = 0;
    while (receiver.read(data, received) >= 0) {
      count += received.position();
      moved(count);
      lineEnds.convert(received.flip(), text);
      received.clear();
      position = write(text, position);
    }
    lineEnds.end(text);
    write(text, position);
  }

  private long write(ByteBuffer text, long position) throws IOException {
    FileChannel file = stored.channel();
    long at = position;
    text.flip();
    while (text.hasRemaining()) {
      at += file.write(text, at);
    }
    text.clear();
    return at;
  }

  @Override
  public Duration doubt() {
    return announced.isPresent() ? Duration.ZERO : doubt.length();
  }

  /// Takes the name, unless less has come than was announced: a stream's end looks the same
  /// whether the client had finished or was killed.
  @Override
  public void complete() throws IOException {
    if (announced.isPresent() && bytes < announced.getAsLong()) {
      throw new IncompleteUploadException(bytes, announced.getAsLong());
    }
    stored.complete();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Mechanism mechanism() {
    return mechanism;
  }

  @Override
  public void close() {
    try {
      stored.end(bytes > 0);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "ending an upload", e);
    }
  }
}
