package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Received;
import io.github.jsendfile.cli.console.LocalFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/// A file that grows in place. What has arrived stays when the transfer fails, so that a sender can
/// go on from there with `--position`; only a wrong digest takes it back.
final class AppendedFile implements Destination {
  private final Path file;
  private final FileChannel channel;
  private final long begin;

  private AppendedFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.begin = channel.size();
  }

  static AppendedFile open(Path file) throws IOException {
    return new AppendedFile(
        file,
        FileChannel.open(
            LocalFiles.writable(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public Received receive(
      FileReceiver receiver, SocketChannel socket, long length, LongConsumer progress)
      throws IOException {
    return receiver.receive(socket, channel, begin, length, progress);
  }

  @Override
  public Sha256 digest() throws IOException {
    return Sha256.of(channel, begin, channel.size() - begin);
  }

  @Override
  public void complete() {
    // it has been in place from the first byte on
  }

  @Override
  public void reject() throws IOException {
    channel.truncate(begin);
  }

  @Override
  public String afterFailure() {
    try {
      long size = channel.size();
      return size == begin
          ? file + " is as it was"
          : file + " has grown from " + begin + " to " + size + " bytes";
    } catch (IOException e) {
      return file + " may have grown";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
