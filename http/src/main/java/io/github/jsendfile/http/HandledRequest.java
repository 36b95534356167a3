package io.github.jsendfile.http;

import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.message.RequestFields;
import io.github.jsendfile.http.message.RequestPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request as a handler sees it.
final class HandledRequest implements Request {
  private final Exchange exchange;

  HandledRequest(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String method() {
    return exchange.head().method();
  }

  @Override
  public String path() {
    RequestPath path = RequestPath.decode(exchange.head().target().path());
    if (path == null) {
      return exchange.head().target().path();
    }
    return "/" + String.join("/", path.names()) + (path.endsWithSlash() ? "/" : "");
  }

  @Override
  public Optional<String> query() {
    return Optional.ofNullable(exchange.head().target().query());
  }

  @Override
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  @Override
  public List<String> headers(String name) {
    RequestFields fields = exchange.head().fields();
    List<String> values = new ArrayList<>();
    for (int line = 0; line < fields.size(); line++) {
      if (fields.nameOf(line).equalsIgnoreCase(name)) {
        values.add(fields.valueOf(line));
      }
    }
    return values;
  }

  @Override
  public InetSocketAddress remote() {
    return exchange.client().remote();
  }

  @Override
  public Optional<String> user() {
    return Optional.ofNullable(exchange.user());
  }

  @Override
  public InputStream body() {
    return new BodyStream(exchange);
  }

  private static final class BodyStream extends InputStream {
    private final Exchange exchange;

    BodyStream(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length == 0 ? 0 : exchange.body().read(ByteBuffer.wrap(bytes, offset, length));
    }
  }
}
