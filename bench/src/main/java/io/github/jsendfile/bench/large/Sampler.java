package io.github.jsendfile.bench.large;

import java.io.IOException;

/// A contender's running process.
public interface Sampler extends AutoCloseable {
  /// Sends the setting's file so many times, each time over a new connection.
  Sample sample(int times) throws IOException;

  @Override
  void close() throws IOException;
}
