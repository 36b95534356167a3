package io.github.jsendfile.linux;

import java.io.IOException;

/// No duplicate can be had now: the process, or the machine, has as many descriptors as it may.
/// That passes, and an ordinary write meanwhile needs none.
public final class NoDescriptorLeftException extends IOException {
  private static final long serialVersionUID = 1;

  NoDescriptorLeftException() {
    super("the process has no descriptor left");
  }
}
