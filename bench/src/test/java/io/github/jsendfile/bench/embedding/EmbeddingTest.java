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
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What docs/embedding.md says of Jetty and Netty, inside Jetty and Netty.
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
    try (InputStream response = get(connector)) {
      assertThat(response.readAllBytes()).isEqualTo(content);
    } finally {
      server.stop();
    }
  }

  private static InputStream get(NetworkConnector connector) throws IOException {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort()).toURL().openStream();
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
