package io.github.jsendfile.ftp.data;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Transfer;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.server.files.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/// A file that is sent: as it is, inside the kernel; or with its line ends converted.
public final class FileCargo implements Cargo {
  private final OpenFile file;
  private final long position;
  private final boolean ascii;
  private final FileSender sender;
  private final Delivery delivery;
  private volatile long bytes;
  private volatile Mechanism mechanism = Mechanism.BUFFERED_COPY;

  /// @param file closed with this
  /// @param position where to begin
  /// @param ascii whether line ends are converted
  public FileCargo(
      OpenFile file, long position, boolean ascii, FileSender sender, Delivery delivery) {
    this.file = file;
    this.position = position;
    this.ascii = ascii;
    this.sender = sender;
    this.delivery = delivery;
  }

  @Override
  public void move(SocketChannel data) throws IOException {
    try {
      Transfer transfer = sender.send(region(), data, count -> bytes = count);
      bytes = transfer.bytesSent();
      mechanism = transfer.mechanism();
      delivery.await(data, bytes, mechanism);
    } catch (TransferException e) {
      bytes = e.bytesTransferred();
      mechanism = e.mechanism();
      throw e;
    }
  }

  private FileRegion region() throws IOException {
    if (!ascii) {
      return FileRegion.of(file.channel(), position, Long.MAX_VALUE);
    }
    file.channel().position(position);
    InputStream stream = Channels.newInputStream(file.channel());
    return FileRegion.of(new CrLfInputStream(stream));
  }

  @Override
  public void complete() {
    // sent is sent
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
      file.close();
    } catch (IOException e) {
      // it was only read
    }
  }
}
