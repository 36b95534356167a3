package io.github.jsendfile.bench.http.scaling;

import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import java.io.IOException;
import java.util.Locale;

/// Whether a request costs the same however many cores, connections, files or entries there are.
/// Each topic is a section of the page.
public final class ScalingPart {
  private final Options options;
  private final Scratch scratch;
  private final Report report;

  /// For one run.
  public ScalingPart(Options options, Scratch scratch, Report report) {
    this.options = options;
    this.scratch = scratch;
    this.report = report;
  }

  private enum Topic {
    CORES,
    CONNECTIONS,
    FILES,
    LISTING
  }

  /// Measures, and writes the page.
  public void run() throws IOException {
    for (Topic topic : Topic.values()) {
      if (options.sizes().isEmpty() || options.sizes().contains(topic.name())) {
        String load = Machine.load();
        String text = measure(topic) + "\nLoad average before the start: " + load + ".\n";
        String section = "scaling-" + topic.name().toLowerCase(Locale.ROOT);
        report.put(Options.Part.SCALING, section, text);
      }
    }
  }

  private String measure(Topic topic) throws IOException {
    return switch (topic) {
      case CORES -> new Cores(options, scratch).measure();
      case CONNECTIONS -> new Connections(options, scratch).measure();
      case FILES -> new ManyFiles(options, scratch).measure();
      case LISTING -> new LongListing(options, scratch).measure();
    };
  }
}
