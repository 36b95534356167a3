package io.github.jsendfile.ftp.wire;

import java.io.IOException;

/// A command is refused with a reply of its own.
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  public RefusedException(int code, String text) {
    super(text);
    this.reply = Reply.of(code, text);
  }

  public Reply reply() {
    return reply;
  }
}
