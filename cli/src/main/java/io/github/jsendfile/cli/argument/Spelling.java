package io.github.jsendfile.cli.argument;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody may have meant who wrote a name that is not there.
public final class Spelling {
  private Spelling() {}

  /// The name that takes the fewest letters put in, left out or changed, if they are less than half
  /// of it.
  public static Optional<String> nearest(String written, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(written, name) < name.length() / 2)
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(diagonal, row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
