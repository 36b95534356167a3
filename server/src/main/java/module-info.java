import org.jspecify.annotations.NullMarked;

/// What file servers share, whatever their protocol: confined files, a listener, deadlines, users,
/// logs.
@NullMarked
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
}
