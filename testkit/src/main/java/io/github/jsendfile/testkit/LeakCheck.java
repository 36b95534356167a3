package io.github.jsendfile.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test class that leaves descriptors open or threads running:
/// `@ExtendWith(LeakCheck.class)`. What ends by itself has a few seconds for it. For a part of a
/// test, take [#now()] before it and call [#assertNothingLeaked()] behind it.
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// What the JVM opens when it likes, and keeps.
  private static final Pattern JVM_FILES =
      Pattern.compile(".*\\.(jar|so|jmod|class)|.*/lib/modules|/dev/u?random|/proc/.*|/sys/.*");

  /// What the JDK, the test engine, the library's one shared thread and the metrics' one start when
  /// they like.
  private static final Pattern STANDING_THREADS =
      Pattern.compile(
          "jsendfile-watchdog|prometheus-metrics-scheduler.*|ForkJoinPool.*|VirtualThread-unparker|.*-Poller|.*Cleaner.*"
              + "|process reaper.*|surefire.*|JFR .*|junit.*|Finalizer|Signal Dispatcher"
              + "|Attach Listener|Notification Thread|Reference Handler|.*Compiler.*Thread.*");

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeakCheck.class);

  /// What was there at one moment.
  ///
  /// @param descriptors the open descriptors
  /// @param threads the living threads
  public record Snapshot(Map<Integer, String> descriptors, Set<Thread> threads) {
    /// Waits a few seconds for what was opened and started since then to be closed and to end.
    ///
    /// @throws AssertionError if something stays
    public void assertNothingLeaked() {
      assertNothingLeaked(PATIENCE);
    }

    /// Waits for what was opened and started since then to be closed and to end.
    ///
    /// @param patience how long at most
    /// @throws AssertionError if something stays
    public void assertNothingLeaked(Duration patience) {
      Eventually.holds(
          patience, () -> leakedDescriptors().isEmpty(), () -> "left open: " + leakedDescriptors());
      Eventually.holds(
          patience, () -> leakedThreads().isEmpty(), () -> "left running: " + leakedThreads());
    }

    private Map<Integer, String> leakedDescriptors() {
      Map<Integer, String> leaked = new TreeMap<>(openNow());
      leaked.entrySet().removeAll(descriptors.entrySet());
      return leaked;
    }

    private Set<String> leakedThreads() {
      Set<Thread> leaked = threadsNow();
      leaked.removeAll(threads);
      return leaked.stream().map(Thread::getName).collect(Collectors.toSet());
    }
  }

  /// Made by JUnit.
  public LeakCheck() {}

  /// What is there now.
  ///
  /// @return something to compare with later
  public static Snapshot now() {
    haveTheJdkOpenItsOwn();
    return new Snapshot(openNow(), threadsNow());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Snapshot.class, now());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Snapshot before = context.getStore(NAMESPACE).get(Snapshot.class, Snapshot.class);
    if (before != null) {
      before.assertNothingLeaked();
    }
  }

  private static Map<Integer, String> openNow() {
    if (!Descriptors.areKnown()) {
      return Map.of();
    }
    Map<Integer, String> open = Descriptors.open();
    open.values().removeIf(target -> JVM_FILES.matcher(target).matches());
    return open;
  }

  private static Set<Thread> threadsNow() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> STANDING_THREADS.matcher(thread.getName()).matches());
    return threads;
  }

  /// At the first waits of a virtual thread the JDK opens epoll descriptors, at the first close of
  /// a socket a pair of sockets, and keeps them.
  private static void haveTheJdkOpenItsOwn() {
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.tcp(ConnectedPair.Buffers.BOUNDED)) {
      Thread reader = Thread.startVirtualThread(() -> fill(pair.receiver()::read));
      Thread writer = Thread.startVirtualThread(() -> fill(pair.sender()::write));
      writer.join();
      reader.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Operation {
    int apply(ByteBuffer buffer) throws IOException;
  }

  private static void fill(Operation operation) {
    ByteBuffer buffer = ByteBuffer.allocate(1024 * 1024); // more than the bounded buffers hold
    try {
      while (buffer.hasRemaining() && operation.apply(buffer) >= 0) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
