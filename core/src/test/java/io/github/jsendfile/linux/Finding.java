package io.github.jsendfile.linux;

import io.github.jsendfile.mechanism.Attempt;
import io.github.jsendfile.mechanism.LentTransfer;
import io.github.jsendfile.mechanism.NativeTransfer;

/// The two ways of finding a socket's descriptor, each by itself, whatever the JDK shows here.
public enum Finding {
  /// As the JDK shows it, if it does.
  SHOWN,
  /// By the names of both ends.
  SEARCHED;

  /// Whether this way can be gone here.
  public boolean isPossible() {
    return NativeAccess.here().kernel() != null
        && (this == SEARCHED || NativeAccess.descriptorsAreShown());
  }

  /// The descriptors, found this way and no other.
  public Descriptors of(Kernel kernel) {
    return this == SHOWN ? new Descriptors(kernel) : new Descriptors(kernel, _ -> -1);
  }

  /// A native transfer on descriptors found this way.
  public Attempt attempt(Kernel kernel) {
    return new NativeTransfer(kernel, of(kernel));
  }

  /// The same with a thread that waits in the place of a virtual one.
  public Attempt lent(Kernel kernel) {
    return new LentTransfer(kernel, of(kernel));
  }
}
