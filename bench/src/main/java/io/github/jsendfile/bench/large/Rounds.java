package io.github.jsendfile.bench.large;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Measures contenders in turn, A B C A B C, so that whatever the machine does meanwhile happens to
/// all of them, and the i-th samples of any two are a pair.
public final class Rounds {
  private final Map<Contender, List<Sample>> samples = new LinkedHashMap<>();

  private Rounds() {}

  /// Runs them all; each process warms up with as much as one sample.
  public static Rounds run(List<Contender> contenders, Setting setting, int pairs, int times)
      throws IOException {
    Rounds rounds = new Rounds();
    Map<Contender, Sampler> running = new LinkedHashMap<>();
    try {
      for (Contender contender : contenders) {
        Sampler sampler = contender.start(setting);
        running.put(contender, sampler);
        tell("warm", contender, sampler.sample(times));
      }
      for (int round = 1; round <= pairs; round++) {
        for (Map.Entry<Contender, Sampler> each : running.entrySet()) {
          Sample sample = each.getValue().sample(times);
          tell(round + "/" + pairs, each.getKey(), sample);
          rounds.samples.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(sample);
        }
      }
    } finally {
      for (Sampler sampler : running.values()) {
        sampler.close();
      }
    }
    return rounds;
  }

  private static void tell(String when, Contender contender, Sample sample) {
    System.out.printf(
        "%-6s %-28s %.3f s/GB  process %.3f s/GB  %.2f GB/s%n",
        when,
        contender.label(),
        sample.threadSecondsPerGb(),
        sample.processSecondsPerGb(),
        sample.gbPerSecond());
  }

  /// All figures of one kind of one contender, in order of the rounds.
  double[] figures(Contender contender, ToDoubleFunction<Sample> figure) {
    return samples.getOrDefault(contender, List.of()).stream().mapToDouble(figure).toArray();
  }
}
