import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.TransferException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sends to each port given, over a channel and over a plain socket at once, with a stall limit of
/// 10 s and a time-out of 45 s, and says how each ended. The peers are those of
/// `bench/probe/stall.py peers`, which prints the command.
class SlowPeers {
  private static final FileSender SENDER =
      FileSender.builder()
          .stallTimeout(Duration.ofSeconds(10))
          .timeout(Duration.ofSeconds(45))
          .build();

  public static void main(String[] ports) throws Exception {
    Path file = Files.createTempFile("slow", ".bin");
    Files.write(file, new byte[64 << 20]);
    List<Thread> threads = new ArrayList<>();
    for (String port : ports) {
      var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
      threads.add(Thread.ofPlatform().start(() -> send(port, file, peer, true)));
      threads.add(Thread.ofPlatform().start(() -> send(port, file, peer, false)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Files.delete(file);
  }

  private static void send(String port, Path file, InetSocketAddress peer, boolean plain) {
    String how = port + (plain ? ", plain socket: " : ", channel: ");
    long began = System.nanoTime();
    try {
      if (plain) {
        try (Socket socket = new Socket(peer.getAddress(), peer.getPort())) {
          SENDER.send(FileRegion.of(file), socket);
        }
      } else {
        try (SocketChannel socket = SocketChannel.open(peer)) {
          SENDER.send(FileRegion.of(file), socket);
        }
      }
      System.out.println(how + "all sent");
    } catch (TransferException e) {
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "%s%s after %.1f s, %d bytes sent, %s%n",
          how, e.getClass().getSimpleName(), seconds, e.bytesTransferred(), e.mechanism().word());
    } catch (java.io.IOException e) {
      System.out.println(how + e);
    }
  }
}
