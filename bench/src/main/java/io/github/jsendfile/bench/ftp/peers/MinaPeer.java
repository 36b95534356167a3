package io.github.jsendfile.bench.ftp.peers;

import java.util.List;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/// Apache MINA FtpServer with its file system of the platform; `anonymous` may write.
public final class MinaPeer {
  private static final int MANY = 10_000;

  private MinaPeer() {}

  /// Serves until it is ended.
  ///
  /// @param arguments folder, port
  public static void main(String[] arguments) throws Exception {
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(Integer.parseInt(arguments[1]));
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setAnonymousLoginEnabled(true);
    connections.setMaxAnonymousLogins(MANY);
    connections.setMaxLogins(MANY);
    connections.setMaxThreads(64); // as many transfers at once, and more
    BaseUser anonymous = new BaseUser();
    anonymous.setName("anonymous");
    anonymous.setHomeDirectory(arguments[0]);
    anonymous.setAuthorities(List.of(new WritePermission()));
    FtpServerFactory server = new FtpServerFactory();
    server.addListener("default", listener.createListener());
    server.setConnectionConfig(connections.createConnectionConfig());
    server.getUserManager().save(anonymous);
    server.createServer().start();
  }
}
