package io.github.jsendfile.bench.figures;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// All measurements of one size or load, in order of the rounds.
///
/// @param <S> the contenders
/// @param <M> what was measured of each
public final class Measurements<S extends Enum<S>, M> {
  private final S ours;
  private final Map<S, List<M>> all;

  /// None yet.
  ///
  /// @param ours whom the others are compared with
  public Measurements(S ours) {
    this.ours = ours;
    this.all = new EnumMap<>(ours.getDeclaringClass());
  }

  /// Adds what was measured in the next round.
  public void add(S server, M measurement) {
    all.computeIfAbsent(server, key -> new ArrayList<>()).add(measurement);
  }

  /// Who was measured.
  public Set<S> servers() {
    return all.keySet();
  }

  /// The median of the rounds; not a number if there were none.
  public double median(S server, ToDoubleFunction<M> figure) {
    return all.containsKey(server) ? Numbers.median(figures(server, figure)) : Double.NaN;
  }

  /// Ours divided by theirs in the same round; empty for ourselves.
  public String ratio(S server, ToDoubleFunction<M> figure) {
    if (server == ours || !all.containsKey(ours)) {
      return "";
    }
    return MedianRatio.of(figures(ours, figure), figures(server, figure)).toString();
  }

  private double[] figures(S server, ToDoubleFunction<M> figure) {
    return all.getOrDefault(server, List.of()).stream().mapToDouble(figure).toArray();
  }
}
