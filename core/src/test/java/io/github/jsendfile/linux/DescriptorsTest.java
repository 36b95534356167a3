package io.github.jsendfile.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.endpoint.SocketChannelTarget;
import io.github.jsendfile.testkit.ConnectedPair;
import io.github.jsendfile.testkit.ConnectedPair.Buffers;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whose descriptor a number is, found either way.
@ParameterizedClass
@EnumSource(Finding.class)
@ExtendWith(LeakCheck.class)
@Timeout(30)
class DescriptorsTest {
  @Parameter private Finding finding;
  private StubKernel stub;
  private Descriptors descriptors;

  @BeforeEach
  void find() {
    Assumptions.assumeTrue(finding.isPossible(), "not to be had in this run: " + finding);
    stub = new StubKernel(NativeAccess.here().kernel());
    descriptors = finding.of(stub.kernel());
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void theConnectionIsFoundWhateverItsAddressesAre(Family family) throws IOException {
    try (Connection one = family.connect();
        Connection other = family.connect()) {
      for (int time = 0; time < 3; time++) { // searched for at first, then remembered
        assertFound(one);
        assertFound(other);
      }
    }
  }

  /// Each end is found, and is not the other.
  private void assertFound(Connection connection) throws IOException {
    long cookie;
    try (Descriptors.Duplicate duplicate = descriptors.of(connection.accepted())) {
      assertThat(duplicate).isNotNull();
      SocketNames names = SocketNames.of(new JdkSocket.OfChannel(connection.accepted()));
      assertThat(names).isNotNull().isEqualTo(SocketNames.of(stub.kernel(), duplicate.number()));
      cookie = stub.kernel().cookie(duplicate.number());
    }
    try (Descriptors.Duplicate duplicate = descriptors.of(connection.client())) {
      assertThat(duplicate).isNotNull();
      assertThat(stub.kernel().cookie(duplicate.number())).isPositive().isNotEqualTo(cookie);
    }
  }

  @Test
  void aUnixDomainSocketHasNoNamesAndIsNotSearchedFor() throws IOException {
    try (ConnectedPair<SocketChannel> pair = ConnectedPair.unix(Buffers.AUTOMATIC);
        Descriptors.Duplicate duplicate = descriptors.of(pair.sender())) {
      assertThat(duplicate == null).isEqualTo(finding == Finding.SEARCHED);
      assertThat(stub.calls("remoteAddress")).isZero();
    }
  }

  @Test
  void nothingElseIsChangedByTheProof() throws IOException {
    for (boolean keepAlive : new boolean[] {true, false}) {
      try (Connection connection = Family.IPV4.connect()) {
        connection.client().setOption(StandardSocketOptions.SO_KEEPALIVE, keepAlive);
        close(descriptors.of(connection.client()));
        assertThat(connection.client().getOption(StandardSocketOptions.SO_KEEPALIVE))
            .isEqualTo(keepAlive);
      }
    }
  }

  @Test
  @Spec("SF-56")
  void aClosedChannelIsNotFoundWhoeverHasItsNumber() throws IOException {
    try (Connection before = Family.IPV4.connect()) {
      SocketChannel closed = before.client();
      close(descriptors.of(closed)); // so that its number is remembered
      closed.close();
      try (Connection _ = Family.IPV4.connect();
          Connection _ = Family.IPV4.connect()) {
        assertThatThrownBy(() -> descriptors.of(closed)).isInstanceOf(ClosedChannelException.class);
      }
    }
  }

  @Test
  @Spec("SF-56")
  void aNumberThatGoesToAnotherConnectionJustBeforeItIsDuplicatedIsRefused() throws IOException {
    try (Connection victim = Family.IPV4.connect();
        SocketChannel second = SocketChannel.open()) {
      SocketChannel first = victim.client();
      close(descriptors.of(first));
      stub.on(
          "duplicate",
          (nth, real) -> {
            if (nth == 2) {
              reuse(first, second, victim.listener());
            }
            return real.call();
          });
      assertThatThrownBy(() -> descriptors.of(first)).isInstanceOf(ClosedChannelException.class);
      second.write(ByteBuffer.wrap(new byte[] {42})); // neither closed nor shut down
      try (SocketChannel other = victim.listener().accept()) {
        ByteBuffer got = ByteBuffer.allocate(10);
        assertThat(other.read(got)).isEqualTo(1);
        assertThat(got.get(0)).isEqualTo((byte) 42);
      }
    }
  }

  /// Closes one and connects the other, which the kernel gives the number that is free by then.
  private static void reuse(
      SocketChannel closed, SocketChannel next, ServerSocketChannel listener) {
    try {
      closed.close();
      next.connect(listener.getLocalAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRememberedNumberThatIsAnotherSocketsByNowIsRefused() throws IOException {
    Assumptions.assumeTrue(finding == Finding.SEARCHED, "only a search remembers numbers");
    try (Connection one = Family.IPV4.connect();
        Connection other = Family.IPV4.connect();
        Descriptors.Duplicate theOthers = descriptors.of(other.client())) {
      close(descriptors.of(one.client()));
      int before = stub.calls("remoteAddress");
      stub.on(
          "duplicate",
          (nth, real) -> nth == 3 ? stub.real().duplicate(theOthers.number()) : real.call());
      try (Descriptors.Duplicate found = descriptors.of(one.client())) {
        assertThat(found).isNotNull();
        assertThat(SocketNames.of(stub.kernel(), found.number()))
            .isEqualTo(SocketNames.of(new JdkSocket.OfChannel(one.client())));
        assertThat(stub.calls("remoteAddress")).as("searched again").isGreaterThan(before + 1);
      }
    }
  }

  @Test
  @Spec("SF-57")
  void aConnectionWhoseNamesAnotherHasByNowIsNotTakenForIt() throws IOException {
    try (Connection reset = Family.IPV4.connect()) {
      SocketAddress from = reset.client().getLocalAddress();
      reset.client().setOption(StandardSocketOptions.SO_LINGER, 0);
      reset.client().close();
      try (Connection second = Family.connect(SocketChannel.open(), from, reset.listener());
          Descriptors.Duplicate found = descriptors.of(reset.accepted())) {
        assertThat(reset.accepted().isOpen()).isTrue();
        assertThat(SocketNames.of(new JdkSocket.OfChannel(second.accepted())))
            .isEqualTo(SocketNames.of(new JdkSocket.OfChannel(reset.accepted())));
        assertThat(found == null).isEqualTo(finding == Finding.SEARCHED);
        if (found != null) {
          assertThat(SocketNames.of(stub.kernel(), found.number())).as("names").isNull();
        }
      }
    }
  }

  @Test
  @Spec("SF-57")
  void aConnectionThatWasFoundOnceIsFoundAfterAReset() throws IOException {
    try (Connection connection = Family.IPV4.connect()) {
      close(descriptors.of(connection.accepted()));
      connection.client().setOption(StandardSocketOptions.SO_LINGER, 0);
      connection.client().close();
      try (Descriptors.Duplicate found = descriptors.of(connection.accepted())) {
        assertThat(found).as("the errno of the connection is to be had").isNotNull();
      }
    }
  }

  @Test
  void manyOpenFilesInARowDoNotEndTheSearch() throws IOException {
    List<FileChannel> files = new ArrayList<>();
    try {
      for (int i = 0; i < 1100; i++) {
        files.add(FileChannel.open(Path.of("/dev/null")));
      }
      try (Connection connection = Family.IPV4.connect()) {
        assertFound(connection);
      }
    } finally {
      for (FileChannel file : files) {
        file.close();
      }
    }
  }

  /// The watchdog looks at thousands of stalled transfers one after the other.
  @Test
  @Spec("SF-50")
  void aHundredConnectionsAreFoundInAFewLooksAtAllNumbers() throws IOException {
    Assumptions.assumeTrue(finding == Finding.SEARCHED, "only a search looks at numbers");
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        connections.add(Family.IPV4.connect());
      }
      int highest = numberOf(connections.getLast());
      int before = stub.calls("remoteAddress");
      for (Connection connection : connections) {
        close(descriptors.of(connection.client()));
      }
      int proofs = connections.size();
      assertThat(stub.calls("remoteAddress") - before - proofs).isLessThan(6 * highest);
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  /// About the number of one that was opened last.
  private int numberOf(Connection connection) throws IOException {
    try (Descriptors.Duplicate duplicate =
        Finding.SEARCHED.of(stub.real()).of(connection.accepted())) {
      assertThat(duplicate).isNotNull();
      return duplicate.number();
    }
  }

  @Test
  @Spec("SF-56")
  void aDuplicateOfAChannelThatIsClosedMeanwhileEndsTheConnection() throws IOException {
    try (Connection connection = Family.IPV4.connect()) {
      Descriptors.Duplicate duplicate = descriptors.of(connection.client());
      connection.client().close();
      assertThat(duplicate).isNotNull();
      duplicate.close();
      assertThat(connection.accepted().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  @Spec("SF-53b")
  void aDuplicateOfAChannelThatIsAbortedMeanwhileLeavesTheReset() throws IOException {
    try (Connection connection = Family.IPV4.connect()) {
      Descriptors.Duplicate duplicate = descriptors.of(connection.client());
      SocketChannelTarget.abort(connection.client());
      assertThat(duplicate).isNotNull();
      duplicate.close();
      assertThatThrownBy(() -> connection.accepted().read(ByteBuffer.allocate(1)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPeerThatHasEndedIsToldThoughItsBytesAreUnread() throws IOException {
    for (int linger : new int[] {-1, 0}) { // an end, a reset
      try (Connection connection = Family.IPV4.connect()) {
        connection.client().write(ByteBuffer.wrap(new byte[] {42}));
        assertThat(descriptors.hasPeerEnded(connection.accepted())).isFalse();
        connection.client().setOption(StandardSocketOptions.SO_LINGER, linger);
        connection.client().close();
        assertThat(descriptors.hasPeerEnded(connection.accepted())).isTrue();
        assertThat(descriptors.isReset(connection.accepted())).isEqualTo(linger == 0);
        connection.accepted().close();
        assertThat(descriptors.hasPeerEnded(connection.accepted())).isFalse();
      }
    }
  }

  private static void close(Descriptors.@Nullable Duplicate duplicate) {
    assertThat(duplicate).isNotNull();
    duplicate.close();
  }

  /// The addresses that a connection may have.
  enum Family {
    /// A socket for IPv4 alone.
    IPV4,
    /// A socket for both, connected to an IPv4 address: the kernel has it mapped.
    IPV4_MAPPED,
    /// The loopback address of IPv6.
    IPV6;

    Connection connect() throws IOException {
      ServerSocketChannel listener = ServerSocketChannel.open();
      try {
        listener.bind(new InetSocketAddress(this == IPV6 ? "::1" : "127.0.0.1", 0));
      } catch (SocketException e) {
        listener.close();
        return Assumptions.abort("no IPv6 on this machine");
      }
      SocketChannel client =
          this == IPV4 ? SocketChannel.open(StandardProtocolFamily.INET) : SocketChannel.open();
      return connect(client, null, listener);
    }

    static Connection connect(
        SocketChannel client, @Nullable SocketAddress from, ServerSocketChannel listener)
        throws IOException {
      client.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      client.bind(from);
      client.connect(listener.getLocalAddress());
      return new Connection(listener, client, listener.accept());
    }
  }

  /// Both ends of a connection, and who may accept another.
  record Connection(ServerSocketChannel listener, SocketChannel client, SocketChannel accepted)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      client.close();
      accepted.close();
      listener.close();
    }
  }
}
