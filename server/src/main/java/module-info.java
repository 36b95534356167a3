import org.jspecify.annotations.NullMarked;

/// What file servers share, whatever their protocol: confined files, a listener, deadlines, users,
/// logs.
@NullMarked
@SuppressWarnings("module") // the servers are built after this
module io.github.jsendfile.server {
  requires transitive io.github.jsendfile;
  requires static transitive org.jspecify;
  requires bcrypt;
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires io.prometheus.metrics.config;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;

  exports io.github.jsendfile.server;
  exports io.github.jsendfile.server.files;
  exports io.github.jsendfile.server.limits;
  exports io.github.jsendfile.server.log;
  exports io.github.jsendfile.server.path;
  exports io.github.jsendfile.server.users;
  exports io.github.jsendfile.server.listener to
      io.github.jsendfile.ftp,
      io.github.jsendfile.http;
}
