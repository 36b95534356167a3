import org.jspecify.annotations.NullMarked;

/// The HTTP file server.
@NullMarked
module io.github.jsendfile.http {
  requires transitive io.github.jsendfile.server;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.util;

  exports io.github.jsendfile.http;
}
