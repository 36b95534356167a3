import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.TransferTimeoutException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/// Sends a file over and over to the host and port for some seconds, with a bound:
/// `none`, `unsent=BYTES` (`unsentBytes`) or `sndbuf=BYTES` (`SO_SNDBUF`). For far.py.
final class FarSender {
  private FarSender() {}

  public static void main(String[] arguments) throws Exception {
    String[] bound = arguments[3].split("=", 2);
    FileSender.Builder builder =
        FileSender.builder().timeout(Duration.ofSeconds(Long.parseLong(arguments[4])));
    try (SocketChannel socket = SocketChannel.open()) {
      switch (bound[0]) {
        case "unsent" -> builder.unsentBytes(Integer.parseInt(bound[1]));
        case "sndbuf" ->
            socket.setOption(StandardSocketOptions.SO_SNDBUF, Integer.parseInt(bound[1]));
        default -> {}
      }
      socket.connect(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])));
      FileSender sender = builder.build();
      try {
        System.out.println(sender.send(FileRegion.of(Path.of(arguments[2])), socket));
      } catch (TransferTimeoutException e) {
        System.out.println(e.mechanism() + " " + e.bytesTransferred());
      }
    }
  }
}
