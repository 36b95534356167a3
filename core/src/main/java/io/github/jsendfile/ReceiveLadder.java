package io.github.jsendfile;

import io.github.jsendfile.endpoint.SocketInput;
import io.github.jsendfile.mechanism.NativeReceive;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The strategy of receiving: by the kernel's own call what is there in large pieces, if that is
/// allowed, available and has no objection; else by copying. The JDK has nothing between them:
/// its `transferFrom` copies too.
///
/// @param nativeReceive the kernel's own call; null when it cannot be had
/// @param copies whether copying is allowed
/// @param absent why what was allowed cannot be had
record ReceiveLadder(@Nullable NativeReceive nativeReceive, boolean copies, String absent) {
  /// The ladder of the allowed mechanisms.
  static ReceiveLadder of(Collection<Mechanism> allowed) {
    StringJoiner absent = new StringJoiner("; ").setEmptyValue("nothing receives by " + allowed);
    boolean nativeCalls = isIn(allowed, Mechanism.NATIVE, absent);
    boolean copies = isIn(allowed, Mechanism.BUFFERED_COPY, absent);
    return new ReceiveLadder(nativeCalls ? NativeReceive.here() : null, copies, absent.toString());
  }

  private static boolean isIn(
      Collection<Mechanism> allowed, Mechanism mechanism, StringJoiner absent) {
    if (!allowed.contains(mechanism)) {
      return false;
    }
    Availability availability = mechanism.availability();
    if (!availability.available()) {
      absent.add(mechanism.word() + ": " + availability.detail());
    }
    return availability.available();
  }

  /// Chooses for this socket and this file.
  ///
  /// @return the kernel's own call, or null for copying
  /// @throws MechanismUnavailableException if neither can be had
  @Nullable NativeReceive choose(SocketInput input, FileChannel file)
      throws MechanismUnavailableException {
    if (nativeReceive == null) {
      mustCopy(absent, 0);
      return null;
    }
    Optional<String> objection = nativeReceive.objection(input, file);
    if (objection.isPresent()) {
      mustCopy(objection.get(), 0);
      return null;
    }
    return nativeReceive;
  }

  /// Goes on by copying, if that is allowed.
  ///
  /// @throws MechanismUnavailableException if not
  void mustCopy(String reason, long bytesReceived) throws MechanismUnavailableException {
    if (!copies) {
      throw new MechanismUnavailableException(
          "cannot receive by any of the allowed mechanisms: " + reason,
          bytesReceived,
          Mechanism.NATIVE,
          null);
    }
  }
}
