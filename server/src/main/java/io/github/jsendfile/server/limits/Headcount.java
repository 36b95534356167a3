package io.github.jsendfile.server.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How many of each are inside, with a bound for each: connections of an address, sessions of a
/// user. Holds nothing about who has left. Thread-safe.
///
/// @param <K> who is counted
public final class Headcount<K> {
  private final int most;
  private final ConcurrentMap<K, Integer> inside = new ConcurrentHashMap<>();

  private Headcount(int most) {
    this.most = most;
  }

  /// A count that lets in so many of each.
  ///
  /// @param most at least 1
  /// @param <K> who is counted
  /// @return a new count
  /// @throws IllegalArgumentException if it is less than 1
  public static <K> Headcount<K> atMost(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most is " + most + "; it must be 1 or more");
    }
    return new Headcount<>(most);
  }

  /// Counts one in, unless the bound is reached.
  ///
  /// @param who one of the counted
  /// @return whether it is in; then it must [#leave] once
  public boolean enter(K who) {
    boolean[] entered = {false};
    inside.compute(
        who,
        (_, count) -> {
          int now = count == null ? 0 : count;
          entered[0] = now < most;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  /// Counts one out.
  ///
  /// @param who one that entered
  public void leave(K who) {
    inside.computeIfPresent(who, (_, count) -> count > 1 ? count - 1 : null);
  }

  /// How many of one are inside.
  ///
  /// @param who one of the counted
  /// @return a count
  public int of(K who) {
    return inside.getOrDefault(who, 0);
  }

  /// How many different ones are inside.
  int size() {
    return inside.size();
  }
}
