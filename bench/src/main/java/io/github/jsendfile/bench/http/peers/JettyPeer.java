package io.github.jsendfile.bench.http.peers;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;

/// Jetty's handler for files, which maps them into memory and keeps small ones in its cache.
public final class JettyPeer {
  private JettyPeer() {}

  /// Serves until it is ended.
  ///
  /// @param arguments folder, port, scratch folder
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(new HttpConfiguration()));
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[1]));
    connector.setIdleTimeout(3_600_000); // a crowd of stalled clients stays
    server.addConnector(connector);
    ResourceHandler files = new ResourceHandler();
    files.setBaseResourceAsString(arguments[0]);
    server.setHandler(files);
    server.start();
    server.join();
  }
}
