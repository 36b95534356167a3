package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.figures.MedianRatio;
import io.github.jsendfile.bench.figures.Numbers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// All measurements of one load, in order of the rounds.
final class Measurements {
  private final Map<FtpServers, List<Load.Measurement>> all = new EnumMap<>(FtpServers.class);

  void add(FtpServers server, Load.Measurement measurement) {
    all.computeIfAbsent(server, key -> new ArrayList<>()).add(measurement);
  }

  Set<FtpServers> servers() {
    return all.keySet();
  }

  double median(FtpServers server, ToDoubleFunction<Load.Measurement> figure) {
    return Numbers.median(figures(server, figure));
  }

  /// Ours divided by theirs in the same round; empty for ourselves.
  String ratio(FtpServers server, ToDoubleFunction<Load.Measurement> figure) {
    if (server == FtpServers.OURS || !all.containsKey(FtpServers.OURS)) {
      return "";
    }
    return MedianRatio.of(figures(FtpServers.OURS, figure), figures(server, figure)).toString();
  }

  private double[] figures(FtpServers server, ToDoubleFunction<Load.Measurement> figure) {
    return all.getOrDefault(server, List.of()).stream().mapToDouble(figure).toArray();
  }
}
