package io.github.jsendfile.bench.large;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Measures contenders in turn, A B C A B C, so that whatever the machine does meanwhile happens to
/// all of them, and the i-th samples of any two are a pair. A sample is put together from so many
/// short turns as it has files, since the machine's moods last seconds.
public final class Rounds {
  /// Until the JVM has compiled what there is to compile: a loop turns about 1,000 times a GiB.
  private static final int WARM_TIMES = 16;

  private final Map<Contender, List<Sample>> samples = new LinkedHashMap<>();

  private Rounds() {}

  /// Runs them all.
  public static Rounds run(List<Contender> contenders, Setting setting, int pairs, int times)
      throws IOException {
    Rounds rounds = new Rounds();
    Map<Contender, Sampler> running = new LinkedHashMap<>();
    try {
      for (Contender contender : contenders) {
        Sampler sampler = contender.start(setting);
        running.put(contender, sampler);
        tell("warm", contender, sampler.sample(WARM_TIMES));
      }
      for (int round = 1; round <= pairs; round++) {
        Map<Contender, Sample> sums = new LinkedHashMap<>();
        for (int turn = 0; turn < times; turn++) {
          for (Map.Entry<Contender, Sampler> each : running.entrySet()) {
            sums.merge(each.getKey(), each.getValue().sample(1), Sample::plus);
          }
        }
        rounds.add(round + "/" + pairs, sums);
      }
    } finally {
      for (Sampler sampler : running.values()) {
        sampler.close();
      }
    }
    return rounds;
  }

  private void add(String round, Map<Contender, Sample> sums) {
    sums.forEach(
        (contender, sample) -> {
          tell(round, contender, sample);
          samples.computeIfAbsent(contender, key -> new ArrayList<>()).add(sample);
        });
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
