package io.github.jsendfile.http.exchange;

import io.github.jsendfile.server.users.Right;
import java.io.IOException;

/// Whoever asks has not the right to what was asked for.
public final class DeniedException extends IOException {
  private static final long serialVersionUID = 1;

  /// Makes one.
  public DeniedException(Right missing) {
    super("needs the right " + missing.letter());
  }
}
