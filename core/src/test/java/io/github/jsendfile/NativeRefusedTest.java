package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jsendfile.linux.Finding;
import io.github.jsendfile.linux.StubKernel;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Kernels that refuse one call, each of all the calls there are, by each of the errors that a
/// sandbox, an emulation or an old kernel answers with: whatever is sent or received arrives whole
/// and is counted right, or, where nothing may be copied, is refused before a byte moves.
@ParameterizedClass
@EnumSource(Finding.class)
@ExtendWith(LeakCheck.class)
@Timeout(60)
@Spec({"SF-43", "SF-60", "SF-61", "SF-64"})
class NativeRefusedTest {
  /// As `errno.h` has them.
  enum Refusal {
    EPERM(1),
    EINVAL(22),
    ENOSYS(38),
    EOPNOTSUPP(95);

    private final int number;

    Refusal(int number) {
      this.number = number;
    }
  }

  /// Without these nothing can go by the kernel's own call; with a search it needs more of them.
  private static final Map<Finding, Set<String>> SENDING_NEEDS =
      Map.of(
          Finding.SHOWN,
          Set.of("sendfile", "duplicate"),
          Finding.SEARCHED,
          Set.of("sendfile", "duplicate", "localAddress", "remoteAddress"));

  private static final Set<String> RECEIVING_NEEDS = Set.of("splice", "pipe");

  /// Only a descriptor that surely does not block is called on.
  private static final Set<String> PLAIN_SOCKETS_NEED = Set.of("blocks");

  /// What a plain socket has to write, or read, for its descriptor not to block any more.
  private static final long TO_UNBLOCK = 4096;

  @TempDir private Path directory;
  @Parameter private Finding finding;
  private RefusedKernel refused;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(finding.isPossible(), "not to be had in this run: " + finding);
    refused = new RefusedKernel(finding, directory);
  }

  static List<Arguments> refusals() {
    List<Arguments> all = new ArrayList<>();
    for (String call : StubKernel.names()) {
      for (Refusal refusal : Refusal.values()) {
        all.add(Arguments.of(call, refusal));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whateverIsSentArrivesWhole(String call, Refusal refusal) throws Exception {
    refused.stub().refusing(call, refusal.number);
    refused.send(Mechanism.values());
    refused.sendPlain(Mechanism.values());
    refused.lend();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whereNothingMayBeCopiedItIsSentOrRefused(String call, Refusal refusal) throws Exception {
    refused.stub().refusing(call, refusal.number);
    boolean needed = SENDING_NEEDS.get(finding).contains(call) || isKeptFromProof(call);
    assertRefused(needed, 0, () -> refused.send(Mechanism.NATIVE));
    assertRefused(
        needed || PLAIN_SOCKETS_NEED.contains(call),
        TO_UNBLOCK,
        () -> refused.sendPlain(Mechanism.NATIVE));
  }

  /// A socket that never shows its mark is not proven to be the one; one that always does, is.
  private boolean isKeptFromProof(String call) {
    return finding == Finding.SEARCHED && call.equals("keepsAlive");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @Spec("SF-74")
  void whateverIsReceivedIsWrittenWhole(String call, Refusal refusal) throws Exception {
    Receivers.assumeNative();
    refused.stub().refusing(call, refusal.number);
    refused.receive(true);
    refused.receivePlain(true);
    boolean needed =
        RECEIVING_NEEDS.contains(call)
            || (SENDING_NEEDS.get(finding).contains(call) && !call.equals("sendfile"))
            || isKeptFromProof(call);
    assertRefused(needed, 0, () -> refused.receive(false));
    assertRefused(
        needed || PLAIN_SOCKETS_NEED.contains(call), TO_UNBLOCK, () -> refused.receivePlain(false));
    if (!call.equals("read")) {
      refused.receiveAppending();
    } else {
      assertThatThrownBy(refused::receiveAppending).hasMessageContaining("the pipe cannot be read");
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @Spec({"SF-53", "SF-53b", "SF-56"})
  void whateverIsStoppedOrClosedEndsAndIsCountedRight(String call, Refusal refusal)
      throws Exception {
    refused.stub().refusing(call, refusal.number);
    refused.stall();
    refused.closeMeanwhile();
    refused.dropBehind();
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void aFileThatCannotBeOpenedByUsIsOpenedByTheJdk(Refusal refusal) throws Exception {
    refused.stub().refusing("open", refusal.number);
    assertThat(refused.opensItself()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void whatCannotBeToldOfAConnectionIsNotGuessed(Refusal refusal) throws IOException {
    refused.stub().refusing("tcpState", refusal.number);
    assertThat(refused.seesPeerEnd()).isFalse();
    refused.stub().refusing("unsent", refusal.number);
    assertThat(refused.seesUnsent()).isEqualTo(-1);
  }

  /// So that a call that comes to be, comes to be refused here.
  @Test
  void everyCallIsMadeByOneOrTheOtherOfThese() throws Exception {
    Receivers.assumeNative();
    assumeTrue(finding == Finding.SEARCHED, "a number that is shown takes fewer calls");
    refused.send(Mechanism.values());
    refused.send(Mechanism.NATIVE);
    refused.sendPlain(Mechanism.NATIVE);
    refused.lend();
    refused.receive(false);
    refused.receiveAppending();
    refused.stall();
    refused.closeMeanwhile();
    refused.dropBehind();
    assertThat(refused.opensItself()).isTrue();
    assertThat(refused.seesPeerEnd()).isTrue();
    assertThat(refused.seesUnsent()).isZero();
    Set<String> made = new TreeSet<>(StubKernel.names());
    made.removeIf(call -> refused.stub().calls(call) == 0);
    assertThat(made).containsExactlyElementsOf(StubKernel.names());
  }

  private interface Action {
    void take() throws Exception;
  }

  private static void assertRefused(boolean needed, long most, Action action) throws Exception {
    if (!needed) {
      action.take();
      return;
    }
    MechanismUnavailableException e =
        catchThrowableOfType(MechanismUnavailableException.class, action::take);
    assertThat(e).as("refused").isNotNull();
    assertThat(e.bytesTransferred()).isBetween(0L, most);
    assertThat(e).hasMessageStartingWith("cannot ");
  }
}
