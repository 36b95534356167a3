package io.github.jsendfile.example;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Transfer;
import io.github.jsendfile.TransferException;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/// The embedding example of the README: one file for whoever connects, a virtual thread each.
final class OneFileServer {
  private OneFileServer() {}

  // README: from here
  static void serve(ServerSocketChannel server, Path file) throws IOException {
    FileSender sender =
        FileSender.builder()
            .stallTimeout(
                Duration.ofSeconds(30)) // a peer that takes nothing for so long is cut off
            .timeout(Duration.ofHours(1))
            .exactly()
            .build(); // immutable and thread-safe: one for all connections
    while (server.isOpen()) {
      SocketChannel socket = server.accept();
      Thread.startVirtualThread(() -> send(sender, file, socket));
    }
  }

  private static void send(FileSender sender, Path file, SocketChannel socket) {
    try (socket) {
      Transfer done = sender.send(FileRegion.of(file), socket);
      System.out.println(done.bytesSent() + " bytes by " + done.mechanism().word());
    } catch (TransferException e) {
      System.err.println(e.getMessage() + " (" + e.bytesTransferred() + " bytes had moved)");
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }
  // README: to here
}
