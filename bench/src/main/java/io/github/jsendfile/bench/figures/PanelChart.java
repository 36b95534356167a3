package io.github.jsendfile.bench.figures;

import java.util.List;
import java.util.Locale;

/// Bars in a grid, a row for each contender and a column for each measure; bars of one column share
/// a scale that begins at 0. In SVG, readable on a light and on a dark page.
///
/// @param title what is shown
/// @param rows whose figures they are; the first row is ours
/// @param columns from left to right
public record PanelChart(String title, List<String> rows, List<Column> columns) {
  /// The figures of one measure.
  ///
  /// @param head what they are
  /// @param values one for each row; not a number where there is none, infinite
  /// for what never comes
  public record Column(String head, List<Double> values) {}

  private static final int LETTER = 7;
  private static final int TOP = 70;
  private static final int BOTTOM = 14;
  private static final int ROW = 24;
  private static final int BAR = 14;
  private static final int COLUMN = 116;
  private static final int LONGEST = 58;

  /// The picture.
  public String svg() {
    int width = left() + COLUMN * columns.size();
    int height = TOP + ROW * rows.size() + BOTTOM;
    StringBuilder svg = new StringBuilder(Svg.begin(width, height, title));
    Svg.text(svg, "title", 16, 26, "start", title);
    for (int row = 0; row < rows.size(); row++) {
      Svg.text(svg, "label", left() - 10, y(row) + BAR - 2, "end", rows.get(row));
    }
    for (int column = 0; column < columns.size(); column++) {
      append(svg, columns.get(column), left() + column * COLUMN);
    }
    return svg.append("</svg>\n").toString();
  }

  private void append(StringBuilder svg, Column column, int x) {
    Svg.text(svg, "axis", x, TOP - 14, "start", column.head());
    double longest =
        column.values().stream().filter(Double::isFinite).max(Double::compare).orElse(1.0);
    for (int row = 0; row < rows.size(); row++) {
      double value = column.values().get(row);
      if (!Double.isFinite(value)) {
        Svg.text(svg, "axis", x, y(row) + BAR - 2, "start", Double.isNaN(value) ? "–" : "never");
      } else {
        int bar = (int) Math.max(1, Math.round(value / longest * LONGEST));
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>%n",
                row == 0 ? "bar ours" : "bar",
                x,
                y(row),
                bar,
                BAR));
        Svg.text(svg, "axis", x + bar + 4, y(row) + BAR - 2, "start", Numbers.text(value));
      }
    }
  }

  /// Where the bars begin: behind the longest label.
  private int left() {
    int letters = rows.stream().mapToInt(String::length).max().orElse(0);
    return 30 + LETTER * letters;
  }

  private static int y(int row) {
    return TOP + row * ROW;
  }
}
