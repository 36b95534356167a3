import org.jspecify.annotations.NullMarked;

/// Hostile peers, odd files, leak checks and the conformance table. Knows nothing of the library
/// that it helps to test.
@NullMarked
module io.github.jsendfile.testkit {
  requires static transitive org.jspecify;
  requires transitive org.junit.jupiter.api;
  requires java.management;
  requires jdk.management;

  exports io.github.jsendfile.testkit;
}
