import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.PeerStalledException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// So many transfers to peers that read nothing, each bounded by `unsentBytes` alone, and what the kernel's TCP memory is
/// meanwhile. Gives up before the kernel would. Arguments: port, file, how many, unsentBytes or 0, stall limit in seconds.
final class StalledCrowd {
  private static final double MOST = 0.93; // of tcp_mem's limit

  private StalledCrowd() {}

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[2]);
    FileSender.Builder builder =
        FileSender.builder().stallTimeout(Duration.ofSeconds(Long.parseLong(arguments[4])));
    int unsent = Integer.parseInt(arguments[3]);
    FileSender sender = unsent == 0 ? builder.build() : builder.unsentBytes(unsent).build();
    // one open file for all: a Path would be another descriptor each
    FileRegion region = FileRegion.of(FileChannel.open(Path.of(arguments[1])));
    String mem = Files.readAllLines(Path.of("/proc/sys/net/ipv4/tcp_mem")).getFirst();
    long limit = Long.parseLong(mem.strip().split("\\s+")[2]);
    AtomicInteger stalled = new AtomicInteger();
    AtomicInteger otherwise = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(count);
    long before = pages();
    long most = 0;
    for (int i = 0; i < count; i++) {
      SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
      Thread.startVirtualThread(() -> {
        try (socket) {
          sender.send(region, socket);
          otherwise.incrementAndGet();
        } catch (PeerStalledException e) {
          stalled.incrementAndGet();
        } catch (IOException e) {
          if (otherwise.incrementAndGet() < 4) {
            System.out.println(e);
          }
        }
        over.countDown();
      });
      if (i % 250 == 0) {
        Thread.sleep(50);
        most = Math.max(most, pages());
        if (most > MOST * limit) {
          System.out.println("given up at " + i + ": " + most + " pages of " + limit);
          return;
        }
      }
    }
    long last;
    do {
      last = pages();
      most = Math.max(most, last);
      Thread.sleep(2000);
    } while (pages() > last + last / 100 && over.getCount() == count);
    System.out.println("all wait: " + count + " connected, " + (pages() - before) + " pages, both ends");
    while (over.getCount() == count) {
      Thread.sleep(500);
      most = Math.max(most, pages());
    }
    over.await();
    System.out.printf("%d stalled: %d ended by their limit, %d otherwise; at most %d pages of TCP memory (%d before), %d KiB each; the limit is %d, now %d%n",
        count, stalled.get(), otherwise.get(), most, before, (most - before) * 4 / count, limit, pages());
  }

  private static long pages() throws IOException {
    String tcp = Files.readAllLines(Path.of("/proc/net/sockstat")).stream().filter(line -> line.startsWith("TCP:")).findFirst().orElseThrow();
    return Long.parseLong(tcp.replaceFirst(".* mem (\\d+).*", "$1"));
  }
}
