package io.github.jsendfile.bench.large;

import java.io.IOException;
import java.util.Optional;

/// One of those that are measured side by side. Anything that can be told to send so many bytes and
/// tells what they cost can be one: a loop in a JVM, a C program, a server.
public interface Contender {
  /// How the tables and charts call it.
  String label();

  /// Why it cannot take part here; empty when it can.
  Optional<String> absence();

  /// Starts its process.
  Sampler start(Setting setting) throws IOException;
}
