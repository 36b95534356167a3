package io.github.jsendfile;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.linux.Finding;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Peer;
import io.github.jsendfile.testkit.PeerBehavior;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A head where nothing of the file may be copied: it waits in the kernel for the file.
@ParameterizedClass
@EnumSource(Finding.class)
@ExtendWith(LeakCheck.class)
@Timeout(30)
class NativeHeadTest {
  private static final int SIZE = 1 << 20;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CORK = 3;
  private static final int TCP_INFO = 11;
  private static final long HEAD = 1L << 40; // where in the pattern a head is taken from

  @TempDir private Path directory;
  @Parameter private Finding finding;
  private Path file;
  private StubKernel stub;
  private Peer<SocketChannel> peer;

  @BeforeEach
  void connect() throws IOException {
    assumeTrue(finding.isPossible(), "not to be had in this run: " + finding);
    file = OddFiles.in(directory).ofSize(SIZE);
    stub = new StubKernel(NativeAccess.here().kernel());
    peer = Peer.tcp(new PeerBehavior.Fast());
    peer.socket().setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  @AfterEach
  void disconnect() throws IOException {
    if (peer != null) {
      peer.close();
    }
  }

  private FileSender strict() {
    return FileSender.builder()
        .build(Ladder.ofRungs(new Ladder.Rung(Mechanism.NATIVE, finding.attempt(stub.kernel()))));
  }

  private Transfer send(ByteBuffer head, int length) throws IOException {
    return strict().send(Payload.of(head, FileRegion.of(file, 0, length)), peer.socket());
  }

  private void assertArrived(int head, int length) throws IOException {
    ByteBuffer expected = ByteBuffer.allocate(head + length);
    expected.put(Pattern.bytes(HEAD, head)).put(Pattern.bytes(0, length));
    assertThat(peer.finish().content()).isEqualTo(expected.array());
  }

  @Test
  @Spec({"SF-30", "SF-64"})
  void aHeadAndASmallFileAreOneSegmentAndNoneOfItIsCopied() throws Throwable {
    long before = segmentsSent();
    Transfer done = send(Pattern.buffer(HEAD, 200), 1024);
    assertThat(segmentsSent() - before).isEqualTo(1);
    assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
    assertThat(done.totalBytes()).isEqualTo(1224);
    assertThat(done.bytesSent()).isEqualTo(1024);
    assertThat(stub.calls("sendAhead")).isEqualTo(1);
    assertThat(stub.calls("sendfile")).isEqualTo(1);
    assertArrived(200, 1024);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000, 300_000})
  @Spec("SF-30")
  void aHeadOfAnySizeArrivesBeforeItsFile(int bytes) throws IOException {
    ByteBuffer head = Pattern.buffer(HEAD, bytes).asReadOnlyBuffer();
    assertThat(send(head, SIZE).mechanism()).isEqualTo(Mechanism.NATIVE);
    assertThat(head.hasRemaining()).isFalse();
    assertArrived(bytes, SIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 22, 38, 95})
  @Spec({"SF-30", "SF-61"})
  void whereTheKernelRefusesTheHeadAnOrdinaryWriteTakesIt(int errno) throws IOException {
    stub.failingFrom("sendAhead", 1, errno);
    assertThat(send(Pattern.buffer(HEAD, 200), SIZE).bytesSent()).isEqualTo(SIZE);
    assertArrived(200, SIZE);
  }

  @Test
  @Spec({"SF-25", "SF-30"})
  void aHeadWithoutAFileBehindItDoesNotWaitForOne() throws IOException {
    send(Pattern.buffer(HEAD, 200), 0);
    assertThat(stub.calls("sendAhead")).isZero();
    peer.awaitCount(200);
    assertArrived(200, 0);
  }

  @Test
  @Spec({"SF-30", "SF-64"})
  void aHeadASmallFileAndATailAreOneSegment() throws Throwable {
    long before = segmentsSent();
    Transfer done =
        strict()
            .send(
                Payload.of(
                    Pattern.buffer(HEAD, 200),
                    FileRegion.of(file, 0, 1024),
                    Pattern.buffer(HEAD + 200, 30)),
                peer.socket());
    assertThat(segmentsSent() - before).isEqualTo(1);
    assertThat(done.totalBytes()).isEqualTo(1254);
    assertThat(stub.calls("sendfile")).isEqualTo(1);
    byte[] wanted = new byte[1254];
    Pattern.buffer(HEAD, 200).get(wanted, 0, 200);
    Pattern.buffer(0, 1024).get(wanted, 200, 1024);
    Pattern.buffer(HEAD + 200, 30).get(wanted, 1224, 30);
    assertThat(peer.finish().content()).isEqualTo(wanted);
  }

  /// The loopback's segments are of up to 64 KiB, so that this is one where nothing is pushed out
  /// between the end of the file and what is behind it.
  @Test
  @Spec("SF-30")
  void aTailGoesWithTheEndOfALargerFileThoughCopyingIsAllowed() throws Throwable {
    int length = 20_000;
    long before = segmentsSent();
    Payload payload = Payload.of(FileRegion.of(file, 0, length), Pattern.buffer(length, 30));
    Transfer done = FileSender.defaults().send(payload, peer.socket());
    assertThat(done.mechanism()).isEqualTo(Mechanism.NATIVE);
    assertThat(segmentsSent() - before).isEqualTo(1);
    assertThat(peer.finish().content()).isEqualTo(Pattern.bytes(0, length + 30));
  }

  @Test
  @Spec({"SF-28", "SF-30", "SF-44"})
  void nothingIsHeldBackAfterATransferThatFailed() throws Throwable {
    FileSender exactly =
        strict().toBuilder()
            .exactly()
            .build(
                Ladder.ofRungs(new Ladder.Rung(Mechanism.NATIVE, finding.attempt(stub.kernel()))));
    Payload payload = Payload.of(FileRegion.of(file, SIZE - 1000, 2000), Pattern.buffer(HEAD, 30));
    assertThatThrownBy(() -> exactly.send(payload, peer.socket()))
        .isInstanceOf(FileTruncatedException.class);
    assertThat(option(TCP_CORK, 4).get(JAVA_INT, 0)).isZero();
    peer.awaitCount(1000);
  }

  /// `tcpi_data_segs_out` of `TCP_INFO`.
  private long segmentsSent() throws Throwable {
    MemorySegment info = option(TCP_INFO, 256);
    assumeTrue(info.byteSize() >= 160, "SKIPPED: this kernel does not count segments");
    return Integer.toUnsignedLong(info.get(JAVA_INT, 156));
  }

  @SuppressWarnings("restricted") // granted in the runs that come here
  private MemorySegment option(int option, int bytes) throws Throwable {
    MethodHandle getsockopt =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().find("getsockopt").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined();
        var duplicate = finding.of(stub.real()).of(peer.socket())) {
      MemorySegment value = Arena.ofAuto().allocate(bytes, 8);
      MemorySegment length = arena.allocateFrom(JAVA_INT, bytes);
      int number = duplicate.number();
      assertThat((int) getsockopt.invokeExact(number, IPPROTO_TCP, option, value, length)).isZero();
      return value.asSlice(0, length.get(JAVA_INT, 0));
    }
  }
}
