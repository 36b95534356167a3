package io.github.jsendfile.server.listener;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Greets with a `+` and repeats what it hears.
final class Echo implements ConnectionHandler {
  @Override
  public void handle(Connection connection) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    connection.channel().write(ByteBuffer.wrap(new byte[] {'+'}));
    while (connection.idle() && connection.channel().read(buffer) >= 0 && connection.busy()) {
      connection.channel().write(buffer.flip());
      buffer.clear();
    }
  }
}
