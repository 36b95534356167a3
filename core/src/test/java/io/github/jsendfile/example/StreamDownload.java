package io.github.jsendfile.example;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.TransferException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// The example of docs/embedding.md for frameworks that hand out a stream only.
final class StreamDownload {
  private StreamDownload() {}

  // README: from here
  static long download(Path file, OutputStream response, LongConsumer progress) throws IOException {
    FileSender sender = FileSender.builder().exactly().build();
    try {
      return sender
          .send(FileRegion.of(file), Channels.newChannel(response), progress)
          .bytesSent(); // copied: a stream has no socket to hand to the kernel
    } catch (TransferException e) {
      System.err.println(file + ": " + e.bytesTransferred() + " bytes, then " + e.getMessage());
      throw e;
    }
  }
  // README: to here
}
