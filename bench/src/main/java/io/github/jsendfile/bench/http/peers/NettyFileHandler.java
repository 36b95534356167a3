package io.github.jsendfile.bench.http.peers;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;

/// Opens the file and answers with a head and a file region, which Netty sends by sendfile.
final class NettyFileHandler extends SimpleChannelInboundHandler<HttpObject> {
  private final Path folder;

  NettyFileHandler(Path folder) {
    this.folder = folder;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (!(message instanceof HttpRequest request)) {
      return; // the end of a request without a body
    }
    Path file = folder.resolve(request.uri().substring(1)).normalize();
    ChannelFuture answered = file.startsWith(folder) ? send(context, file) : absent(context);
    if (!HttpUtil.isKeepAlive(request)) {
      answered.addListener(ChannelFutureListener.CLOSE);
    }
  }

  // Netty's headers know no other date; the last write tells of those before it
  @SuppressWarnings({"JavaUtilDate", "FutureReturnValueIgnored"})
  private static ChannelFuture send(ChannelHandlerContext context, Path path) {
    try {
      FileChannel file = FileChannel.open(path); // the region closes it
      long length = file.size();
      Instant modified = Files.getLastModifiedTime(path).toInstant();
      HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      HttpUtil.setContentLength(head, length);
      head.headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
          .set(HttpHeaderNames.DATE, new Date())
          .set(HttpHeaderNames.LAST_MODIFIED, Date.from(modified));
      context.write(head);
      context.write(new DefaultFileRegion(file, 0, length));
      return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    } catch (IOException e) {
      return absent(context);
    }
  }

  private static ChannelFuture absent(ChannelHandlerContext context) {
    HttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
    HttpUtil.setContentLength(answer, 0);
    return context.writeAndFlush(answer);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
