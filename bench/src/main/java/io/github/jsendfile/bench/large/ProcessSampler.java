package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.ChildProcess;
import java.io.IOException;
import java.util.List;

/// A program that reads how often to send, and prints a [Sample].
final class ProcessSampler implements Sampler {
  private final ChildProcess process;

  ProcessSampler(List<String> command) throws IOException {
    process = new ChildProcess(command);
  }

  @Override
  public Sample sample(int times) throws IOException {
    return Sample.parse(process.ask(times));
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
