package io.github.jsendfile.bench.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// All measurements of one size, in order of the rounds.
final class Measurements {
  private final Map<HttpServers, List<Measurement>> all = new EnumMap<>(HttpServers.class);

  void add(HttpServers server, Measurement measurement) {
    all.computeIfAbsent(server, key -> new ArrayList<>()).add(measurement);
  }

  Set<HttpServers> servers() {
    return all.keySet();
  }

  double[] figures(HttpServers server, ToDoubleFunction<Measurement> figure) {
    return all.getOrDefault(server, List.of()).stream().mapToDouble(figure).toArray();
  }
}
