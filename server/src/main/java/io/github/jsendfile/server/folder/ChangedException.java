package io.github.jsendfile.server.folder;

import java.io.IOException;

/// Something on the way to a file was replaced while it was walked: start over. Never leaves
/// `FileTree`; without a stack trace, since nobody sees it.
public final class ChangedException extends IOException {
  private static final long serialVersionUID = 1;

  public ChangedException() {
    super("changed while it was looked at");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  /// What to throw after a failure: itself, when the entry is still what it was before.
  public static IOException unless(boolean isSame, IOException failure) {
    return isSame ? failure : new ChangedException();
  }
}
