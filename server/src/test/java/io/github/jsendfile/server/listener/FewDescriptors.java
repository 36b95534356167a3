package io.github.jsendfile.server.listener;

import java.io.IOException;

/// A program that listens until its standard input ends. Its clients have to close first.
final class FewDescriptors {
  private FewDescriptors() {}

  static void main() throws IOException {
    try (Listener listener = Listener.builder(new Echo()).start()) {
      System.out.println(listener.address().getPort());
      while (System.in.read() >= 0) {}
    }
  }
}
