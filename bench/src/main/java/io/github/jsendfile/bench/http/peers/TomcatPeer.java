package io.github.jsendfile.bench.http.peers;

import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/// Tomcat's default servlet: small files from its cache, large ones by sendfile.
public final class TomcatPeer {
  private TomcatPeer() {}

  /// Serves until it is ended.
  ///
  /// @param arguments folder, port, scratch folder
  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(arguments[2]);
    Connector connector = new Connector();
    connector.setPort(Integer.parseInt(arguments[1]));
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxKeepAliveRequests", "-1");
    connector.setProperty("maxConnections", "20000");
    connector.setProperty("connectionTimeout", "3600000"); // a crowd of stalled clients stays
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", arguments[0]);
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMapping("/", "default");
    tomcat.start();
    tomcat.getServer().await();
  }
}
