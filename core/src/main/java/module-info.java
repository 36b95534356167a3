import org.jspecify.annotations.NullMarked;

/// Moves a file to a socket inside the kernel, the same way on every thread.
@NullMarked
module io.github.jsendfile {
  requires static transitive org.jspecify;
  requires jdk.jfr;

  exports io.github.jsendfile;
}
