package io.github.jsendfile.endpoint;

import java.nio.channels.Channel;

/// What the JDK itself made: only its own channels reach the kernel's call.
public final class Platform {
  private Platform() {}

  /// Whether `channel` is of the JDK's default provider, and not of a program's or a library's.
  public static boolean isDefaultProvider(Channel channel) {
    return channel.getClass().getModule() == Object.class.getModule();
  }
}
