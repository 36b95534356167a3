package io.github.jsendfile.bench.figures;

import java.util.List;
import java.util.Locale;

/// Horizontal bars in SVG, readable on a light and on a dark page.
///
/// @param title what is shown
/// @param axis what the figures are, with the unit
/// @param bars from top to bottom
public record BarChart(String title, String axis, List<Bar> bars) {
  /// One bar.
  ///
  /// @param label whose it is
  /// @param value how long it is
  /// @param ours whether it is to catch the eye
  public record Bar(String label, double value, boolean ours) {}

  private static final int WIDTH = 760;
  private static final int LEFT = 220;
  private static final int RIGHT = 60;
  private static final int TOP = 44;
  private static final int BOTTOM = 52;
  private static final int ROW = 28;
  private static final int BAR = 18;

  /// The picture.
  public String svg() {
    int height = TOP + ROW * bars.size() + BOTTOM;
    StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, height, title));
    Svg.text(svg, "title", 16, 26, "start", title);
    appendAxis(svg);
    for (int i = 0; i < bars.size(); i++) {
      appendBar(svg, bars.get(i), TOP + i * ROW);
    }
    return svg.append("</svg>\n").toString();
  }

  private void appendAxis(StringBuilder svg) {
    double step = tickStep(longest());
    int bottom = TOP + ROW * bars.size();
    for (int i = 0; i * step <= end(); i++) {
      int x = x(i * step);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
              x,
              TOP - 6,
              x,
              bottom));
      Svg.text(svg, "axis", x, bottom + 16, "middle", tick(i * step, step));
    }
    Svg.text(svg, "axis", (LEFT + WIDTH - RIGHT) / 2, bottom + 38, "middle", axis);
  }

  private void appendBar(StringBuilder svg, Bar bar, int y) {
    int baseline = y + BAR - 5;
    Svg.text(svg, "label", LEFT - 10, baseline, "end", bar.label());
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>%n",
            bar.ours() ? "bar ours" : "bar",
            LEFT,
            y,
            Math.max(1, x(bar.value()) - LEFT),
            BAR));
    Svg.text(svg, "value", x(bar.value()) + 6, baseline, "start", Numbers.text(bar.value()));
  }

  private double longest() {
    return bars.stream().mapToDouble(Bar::value).max().orElse(1);
  }

  /// Where the scale ends: at the first tick that no bar passes.
  private double end() {
    double step = tickStep(longest());
    return Math.ceil(longest() / step - 1e-9) * step + step * 1e-9;
  }

  private int x(double value) {
    return LEFT + (int) Math.round(value / end() * (WIDTH - RIGHT - LEFT));
  }

  /// 1, 2 or 5 times a power of ten, so that there are about five of them.
  static double tickStep(double longest) {
    double power = Math.pow(10, Math.floor(Math.log10(longest / 5)));
    for (int factor : new int[] {1, 2, 5}) {
      if (longest / (factor * power) <= 6) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String tick(double value, double step) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
