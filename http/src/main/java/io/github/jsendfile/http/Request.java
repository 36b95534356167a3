package io.github.jsendfile.http;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// A request, as a handler sees it. Good until the handler returns.
public interface Request {
  /// The method.
  ///
  /// @return `GET`, `HEAD`, `PUT`, ...
  String method();

  /// The path, decoded: what was asked for, not a file yet.
  ///
  /// @return begins with `/`
  String path();

  /// What stands behind the question mark, as it was sent.
  ///
  /// @return the query, not decoded
  Optional<String> query();

  /// A field of the request's head.
  ///
  /// @param name in any case
  /// @return the first field of that name
  Optional<String> header(String name);

  /// All fields of a name.
  ///
  /// @param name in any case
  /// @return their values in the order of the request; none is an empty list
  List<String> headers(String name);

  /// The client, or the proxy it comes by.
  ///
  /// @return its address and port
  InetSocketAddress remote();

  /// Who the client has proved to be.
  ///
  /// @return a name, if the server has users
  Optional<String> user();

  /// The body. A client that waits to be told to send it is told with the first read.
  ///
  /// @return a stream that ends with the body; what is not read is thrown away
  InputStream body();
}
