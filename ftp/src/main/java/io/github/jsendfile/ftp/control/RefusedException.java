package io.github.jsendfile.ftp.control;

import java.io.IOException;

/// A command is refused with a reply of its own.
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  RefusedException(int code, String text) {
    super(text);
    this.reply = Reply.of(code, text);
  }

  Reply reply() {
    return reply;
  }
}
