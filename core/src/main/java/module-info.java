import org.jspecify.annotations.NullMarked;

/// Moves a file to a socket inside the kernel, the same way on every thread.
@NullMarked
@SuppressWarnings("module") // the servers are built after this
module io.github.jsendfile {
  requires static transitive org.jspecify;
  requires jdk.jfr;

  exports io.github.jsendfile;
  exports io.github.jsendfile.linux to
      io.github.jsendfile.server;
}
