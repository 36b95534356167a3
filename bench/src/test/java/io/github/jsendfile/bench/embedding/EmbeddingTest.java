package io.github.jsendfile.bench.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.DelegatingWebMvcConfiguration;

/// What docs/embedding.md says of Jetty, Spring MVC and Netty, inside them.
@Timeout(60)
class EmbeddingTest {
  private static final int SIZE = 20_000_000;

  @TempDir private Path folder;
  private Path file;
  private byte[] content;

  @BeforeEach
  void makeFile() throws IOException {
    content = new byte[SIZE];
    new Random(1).nextBytes(content);
    file = Files.write(folder.resolve("file"), content);
  }

  @Test
  void jettySendsByIt() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new JettyDownloads(file));
    server.start();
    try (InputStream response = get(connector.getLocalPort(), "")) {
      assertThat(response.readAllBytes()).isEqualTo(content);
    } finally {
      server.stop();
    }
  }

  @Test
  void springSendsByIt() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.register(DelegatingWebMvcConfiguration.class);
    spring.addBeanFactoryPostProcessor(
        beans -> beans.registerSingleton("downloads", new SpringDownloads(file)));
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "spring", new DispatcherServlet(spring)).setAsyncSupported(true);
    context.addServletMapping("/", "spring");
    tomcat.start();
    try (InputStream response = get(connector.getLocalPort(), "download")) {
      assertThat(response.readAllBytes()).isEqualTo(content);
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static InputStream get(int port, String path) throws IOException {
    return URI.create("http://127.0.0.1:" + port + "/" + path).toURL().openStream();
  }

  @Test
  void nettySendsByIt() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel server =
          new ServerBootstrap()
              .group(loops)
              .channel(NioServerSocketChannel.class)
              .childHandler(new Sending())
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();
      int port = ((InetSocketAddress) server.localAddress()).getPort();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(content);
      }
    } finally {
      loops.shutdownGracefully().sync();
    }
  }

  /// Sends the file to whoever connects, and closes.
  @io.netty.channel.ChannelHandler.Sharable
  private final class Sending extends ChannelInboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the listener closes
    public void channelActive(ChannelHandlerContext context) throws IOException {
      context.writeAndFlush(new NettyRegion(file)).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
