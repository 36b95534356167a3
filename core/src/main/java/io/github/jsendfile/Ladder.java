package io.github.jsendfile;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.endpoint.Source;
import io.github.jsendfile.endpoint.Target;
import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import io.github.jsendfile.mechanism.Attempt;
import io.github.jsendfile.mechanism.BlockingTransfer;
import io.github.jsendfile.mechanism.BufferedCopy;
import io.github.jsendfile.mechanism.ChannelTransfer;
import io.github.jsendfile.mechanism.LentTransfer;
import io.github.jsendfile.mechanism.NativeTransfer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// The strategy: the mechanisms in order; the first that is allowed, available and has no
/// objection; the next only if nothing moved.
final class Ladder {
  /// A mechanism and how to attempt it.
  record Rung(Mechanism mechanism, Attempt attempt) {}

  private final List<Rung> rungs;
  private final String absent;

  private Ladder(List<Rung> rungs, String absent) {
    this.rungs = List.copyOf(rungs);
    this.absent = absent;
  }

  /// The ladder of the allowed mechanisms.
  ///
  /// @param waitsInside whether a call may wait for the peer inside the kernel
  static Ladder of(Collection<Mechanism> allowed, boolean waitsInside) {
    List<Rung> rungs = new ArrayList<>();
    StringJoiner absent = new StringJoiner("; ");
    for (Mechanism mechanism : Mechanism.values()) {
      if (!allowed.contains(mechanism)) {
        continue;
      }
      Availability availability = mechanism.availability();
      if (availability.available()) {
        if (mechanism == Mechanism.NATIVE) {
          rungs.add(new Rung(mechanism, new LentTransfer(kernel())));
        }
        rungs.add(new Rung(mechanism, attemptOf(mechanism)));
        if (waitsInside && mechanism == Mechanism.CHANNEL_TRANSFER) {
          rungs.addFirst(new Rung(mechanism, new BlockingTransfer()));
        }
      } else {
        absent.add(mechanism.word() + ": " + availability.detail());
      }
    }
    return new Ladder(rungs, absent.toString());
  }

  /// A ladder of other rungs, for tests.
  static Ladder ofRungs(Rung... rungs) {
    return new Ladder(List.of(rungs), "");
  }

  private static Kernel kernel() {
    return requireNonNull(NativeAccess.here().kernel());
  }

  private static Attempt attemptOf(Mechanism mechanism) {
    return switch (mechanism) {
      case NATIVE -> new NativeTransfer(kernel());
      case CHANNEL_TRANSFER -> new ChannelTransfer();
      case BUFFERED_COPY -> new BufferedCopy();
    };
  }

  /// Whether copying is allowed, and with it the shortcut for small files.
  boolean copies() {
    return rungs.stream().anyMatch(rung -> rung.mechanism() == Mechanism.BUFFERED_COPY);
  }

  /// The first rung at or below `from` that has no objection to this file and this target.
  ///
  /// @throws MechanismUnavailableException if there is none, with everybody's reasons
  int choose(int from, Source source, Target target, String declined, long bytesSent)
      throws IOException {
    StringJoiner reasons = new StringJoiner("; ").setEmptyValue("no mechanism is allowed");
    for (String reason : List.of(absent, declined)) {
      if (!reason.isEmpty()) {
        reasons.add(reason);
      }
    }
    for (int i = from; i < rungs.size(); i++) {
      Rung rung = rungs.get(i);
      Optional<String> objection = rung.attempt().objection(source, target);
      if (objection.isEmpty()) {
        return i;
      }
      if (!rung.attempt().isForFastPeers()) { // its mechanism comes again
        reasons.add(rung.mechanism().word() + ": " + objection.get());
      }
    }
    Mechanism last = rungs.isEmpty() ? Mechanism.NATIVE : rungs.getLast().mechanism();
    throw new MechanismUnavailableException(
        "cannot send by any of the allowed mechanisms: " + reasons, bytesSent, last, null);
  }

  /// The first rung whose calls do not wait inside the kernel.
  int firstThatReturns() {
    return !rungs.isEmpty() && rungs.getFirst().attempt().waitsInside() ? 1 : 0;
  }

  Rung rung(int index) {
    return rungs.get(index);
  }
}
