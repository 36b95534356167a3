package io.github.jsendfile.server.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.limits.ClientNetwork;
import io.github.jsendfile.server.limits.Headcount;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class ListenerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private Listener start(Listener.Builder builder) throws IOException {
    Listener listener = builder.start();
    opened.add(listener);
    return listener;
  }

  private Client connect(Listener listener) throws IOException {
    return connect("127.0.0.1", listener);
  }

  private Client connect(String from, Listener listener) throws IOException {
    Client client = Client.from(from, listener.address().getPort());
    opened.add(client);
    return client;
  }

  private static Listener.Builder echo() {
    return Listener.builder(new Echo()).refusal(reason -> reason.name().getBytes(UTF_8));
  }

  private static void awaitActive(Listener listener, int count) {
    Eventually.holds(
        PATIENCE, () -> listener.active() == count, () -> listener.active() + " active");
  }

  @Test
  void servesEachConnectionOnAVirtualThreadOfItsOwn() throws IOException {
    List<Thread> threads = new ArrayList<>();
    Listener listener =
        start(
            Listener.builder(
                    connection -> {
                      threads.add(Thread.currentThread());
                      new Echo().handle(connection);
                    })
                .name("test"));
    for (int i = 0; i < 2; i++) {
      Client client = connect(listener);
      client.say("hello");
      client.socket().shutdownOutput();
      assertThat(client.hearAll()).isEqualTo("+hello");
    }
    assertThat(threads)
        .allMatch(Thread::isVirtual)
        .extracting(Thread::getName)
        .containsExactly("test-1", "test-2");
    awaitActive(listener, 0);
    assertThat(listener.accepted()).isEqualTo(2);
  }

  @Test
  @Spec({"HT-61", "FT-42"})
  void capsTwoThousandConnections() throws IOException {
    int cap = 1_000;
    Listener listener = start(echo().maxConnections(cap));
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < cap; i++) {
      clients.add(connect(listener));
    }
    Map<String, Integer> heard = new HashMap<>();
    for (int i = 0; i < cap; i++) {
      heard.merge(greetingOrReset(listener), 1, Integer::sum);
    }
    assertThat(listener.refused()).isEqualTo(cap);
    assertThat(listener.active()).isEqualTo(cap);
    assertThat(heard).containsKey("TOO_MANY"); // and resets, if they come faster than answers
    assertThat(heard.keySet()).isSubsetOf("TOO_MANY", "reset");
    for (Client client : clients) {
      assertThat(client.hear()).isEqualTo('+');
      client.close();
    }
    awaitActive(listener, 0);
    assertThat(connect(listener).hear()).isEqualTo('+');
  }

  @Test
  @Spec({"HT-61", "FT-42"})
  void capsTheConnectionsOfOneAddress() throws IOException {
    Listener listener = start(echo().maxConnectionsPerAddress(2));
    Client first = connect("127.0.0.1", listener);
    assertThat(first.hear()).isEqualTo('+');
    assertThat(connect("127.0.0.1", listener).hear()).isEqualTo('+');
    assertThat(connect("127.0.0.1", listener).hearAll()).isEqualTo("TOO_MANY_FROM_ADDRESS");
    assertThat(connect("127.0.0.2", listener).hear()).isEqualTo('+');
    first.close();
    awaitActive(listener, 2);
    assertThat(connect("127.0.0.1", listener).hear()).isEqualTo('+');
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
    "2001:db8:1:2::1, 2001:db8:1:2::",
    "fe80::1234, fe80::1234",
    "::ffff:192.0.2.7, 192.0.2.7",
  })
  @Spec("HT-61")
  void takesAnIpv6NetworkForOneClient(String client, String network) throws IOException {
    assertThat(ClientNetwork.of(InetAddress.getByName(client)))
        .isEqualTo(InetAddress.getByName(network));
  }

  @Test
  @Spec("FT-41")
  void refusesWhoIsNotAdmitted() throws IOException {
    InetAddress banned = InetAddress.getByName("127.0.0.3");
    Listener listener = start(echo().admits(client -> !client.equals(banned)));
    assertThat(connect("127.0.0.3", listener).hearAll()).isEqualTo("NOT_ADMITTED");
    assertThat(connect("127.0.0.1", listener).hear()).isEqualTo('+');
  }

  @Test
  @Spec("HT-6")
  void theRefusalArrivesThoughTheClientSpokeFirst() throws IOException {
    Listener listener = start(echo().maxConnections(1));
    assertThat(connect(listener).hear()).isEqualTo('+');
    for (int i = 0; i < 50; i++) {
      Client refused = connect(listener);
      refused.say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(refused.hearAll()).isEqualTo("TOO_MANY");
      refused.close();
    }
  }

  private static String greetingOrReset(Listener listener) throws IOException {
    try (Client client = Client.of(listener.address().getPort())) {
      return client.hearAll();
    } catch (SocketException e) { // reset before connect() returned
      return "reset";
    }
  }

  @Test
  @Spec("HT-61")
  void aFloodOfRefusedClientsHoldsNoDescriptors() throws IOException {
    Listener listener = start(echo().maxConnections(1));
    assertThat(connect(listener).hear()).isEqualTo('+');
    Map<String, Integer> heard = new HashMap<>();
    for (Client client : silentClients(listener, 500)) {
      heard.merge(client.hearAll(), 1, Integer::sum);
    }
    assertThat(heard.keySet()).isSubsetOf("TOO_MANY", "reset");
    assertThat(heard.get("TOO_MANY")).isGreaterThanOrEqualTo(100);
    Eventually.holds(
        PATIENCE,
        () -> listener.beingRefused() == 0,
        () -> listener.beingRefused() + " still held though they said nothing");
  }

  /// Connects and neither says anything nor closes.
  private List<Client> silentClients(Listener listener, int count) throws IOException {
    List<Client> silent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        silent.add(connect(listener));
      } catch (SocketException ignored) { // reset before connect() returned
      }
    }
    return silent;
  }

  @Test
  @Spec("HT-46")
  void drainEndsWhoWaitsAndLetsWhoWorksFinish() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Listener listener =
        start(
            Listener.builder(
                    connection -> {
                      new Echo().handle(connection);
                      connection.busy();
                      working.countDown();
                      awaitQuietly(finish);
                      connection.channel().write(ByteBuffer.wrap("done".getBytes(UTF_8)));
                    })
                .farewell("bye".getBytes(UTF_8)));
    Client waiting = connect(listener);
    Client busy = connect(listener);
    assertThat(waiting.hear()).isEqualTo('+');
    assertThat(busy.hear()).isEqualTo('+');
    busy.socket().shutdownOutput();
    working.await();
    Eventually.holds(PATIENCE, () -> listener.busy() == 1, () -> "one has not begun to wait");
    Thread drain = Thread.ofVirtual().start(() -> assertThat(listener.drain(PATIENCE)).isTrue());
    Eventually.holds(PATIENCE, () -> refusesConnections(listener), () -> "still listening");
    finish.countDown();
    assertThat(waiting.hearAll()).isEqualTo("bye");
    assertThat(busy.hearAll()).isEqualTo("done");
    drain.join();
    assertThat(listener.active()).isZero();
  }

  private static boolean refusesConnections(Listener listener) {
    try (Client _ = Client.of(listener.address().getPort())) {
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @Spec("HT-60")
  void drainIsBounded() throws IOException {
    Listener listener =
        start(
            Listener.builder(
                connection -> {
                  connection.channel().write(ByteBuffer.wrap(new byte[] {'+'}));
                  while (connection.channel().read(ByteBuffer.allocate(1)) >= 0) {}
                }));
    Client stuck = connect(listener);
    assertThat(stuck.hear()).isEqualTo('+');
    assertThat(listener.drain(Duration.ofMillis(50))).isFalse();
    assertThat(stuck.hearAll()).isEqualTo("reset");
    assertThat(listener.active()).isZero();
  }

  @Test
  @Spec("HT-46")
  void aConnectionIsEitherDrainedOrBusy() throws IOException {
    for (int i = 0; i < 200; i++) {
      try (Listener listener = echo().start();
          Client client = Client.of(listener.address().getPort())) {
        assertThat(client.hear()).isEqualTo('+');
        client.say("x");
        assertThat(listener.drain(PATIENCE)).isTrue();
        assertThat(client.hearAll()).isIn("x", "", "reset"); // answered whole, or not begun
      }
    }
  }

  @Test
  void aFailingHandlerHarmsNobodyElse() throws IOException {
    Listener listener =
        start(
            Listener.builder(
                    connection -> {
                      ByteBuffer first = ByteBuffer.allocate(1);
                      connection.channel().read(first);
                      switch (first.get(0)) {
                        case 'r' -> throw new IllegalStateException("a handler that fails");
                        case 'e' -> throw new StackOverflowError("a handler that fails");
                        case 'i' -> throw new IOException("a connection that breaks");
                        default -> connection.channel().write(first.flip());
                      }
                    })
                .maxConnectionsPerAddress(1));
    Map<String, String> heard = new HashMap<>();
    for (String word : List.of("r", "e", "i", "x")) {
      try (Client client = Client.of(listener.address().getPort())) {
        client.say(word);
        heard.put(word, client.hearAll());
      }
      awaitActive(listener, 0);
    }
    assertThat(heard).isEqualTo(Map.of("r", "reset", "e", "reset", "i", "", "x", "x"));
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    Listener first = start(echo());
    assertThatThrownBy(() -> start(echo().address(first.address())))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("cannot listen at")
        .hasMessageContaining(":" + first.address().getPort());
  }

  @Test
  void freesItsPortBeforeCloseReturns() throws IOException {
    InetSocketAddress nobodyElses = new InetSocketAddress("127.0.0.77", 0);
    Listener listener = start(echo().address(nobodyElses));
    for (int i = 0; i < 100; i++) {
      listener.close();
      listener = start(echo().address(listener.address()));
    }
  }

  @Test
  void closeIsIdempotent() throws IOException {
    Listener listener = start(echo());
    listener.close();
    listener.close();
    assertThat(listener.isDraining()).isTrue();
  }

  @Test
  void refusesOptionsOutOfBounds() {
    assertThatThrownBy(() -> echo().maxConnections(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxConnections is 0; it must be 1 or more");
    assertThatThrownBy(() -> Headcount.atMost(0)).hasMessageContaining("1 or more");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Spec("HT-45")
  void showsTheConnectionsOfAListener() throws IOException {
    Metrics metrics = Metrics.create();
    try (Listener listener = Listener.builder(new Echo()).maxConnections(1).start();
        Client first = Client.of(listener.address().getPort())) {
      listener.tell(metrics, "ftp");
      assertThat(first.hear()).isEqualTo('+');
      try (Client refused = Client.of(listener.address().getPort())) {
        assertThat(refused.hearAll()).isEmpty();
      }
      assertThat(metrics.scrape())
          .contains("jsendfile_ftp_connections_active 1.0\n")
          .contains("jsendfile_ftp_connections_accepted_total 1.0\n")
          .contains("jsendfile_ftp_connections_refused_total 1.0\n");
    }
  }
}
