import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Payload;
import io.github.jsendfile.Received;
import io.github.jsendfile.Transfer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;

/// What syscalls.py looks at: a file of 300 MB sent and received three times, by whatever there is, and 4 KiB with a
/// head, natively alone. Arguments: the file, where it is received.
final class Traced {
  private Traced() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Path received = Path.of(arguments[1]);
    long size = Files.size(file);
    for (int time = 0; time < 3; time++) {
      Files.deleteIfExists(received);
      exchange(file, received, size);
      if (Files.mismatch(file, received) != -1) {
        throw new AssertionError("what was received is not what was sent");
      }
    }
    if (Mechanism.NATIVE.availability().available()) {
      small(file);
    }
  }

  private static void exchange(Path file, Path received, long size) throws Exception {
    try (Pair pair = Pair.connected();
        FileChannel into =
            FileChannel.open(received, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      CompletableFuture<Transfer> sending =
          FileSender.defaults().sendAsync(FileRegion.of(file), pair.near);
      Received done = FileReceiver.defaults().receive(pair.far, into, 0, size);
      System.out.println("sent " + sending.join().mechanism() + ", received " + done.mechanism());
    }
  }

  private static void small(Path file) throws Exception {
    try (Pair pair = Pair.connected()) {
      FileSender strict = FileSender.builder().mechanisms(Mechanism.NATIVE).build();
      strict.send(
          Payload.of(ByteBuffer.wrap(new byte[200]), FileRegion.of(file, 0, 4096)), pair.near);
      System.out.println("4 KiB with a head sent NATIVE");
    }
  }

  private record Pair(SocketChannel near, SocketChannel far) implements AutoCloseable {
    static Pair connected() throws Exception {
      try (ServerSocketChannel listener = ServerSocketChannel.open()) {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Pair(SocketChannel.open(listener.getLocalAddress()), listener.accept());
      }
    }

    @Override
    public void close() throws Exception {
      near.close();
      far.close();
    }
  }
}
