import org.jspecify.annotations.NullMarked;

/// What file servers share, whatever their protocol: confined files, a listener, deadlines, users,
/// logs.
@NullMarked
module io.github.jsendfile.server {
  requires transitive io.github.jsendfile;
  requires static transitive org.jspecify;

  exports io.github.jsendfile.server;
}
