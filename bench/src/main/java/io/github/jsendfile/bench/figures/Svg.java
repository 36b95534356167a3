package io.github.jsendfile.bench.figures;

import java.util.Locale;

/// What all pictures have: colours for a light and for a dark page, and text.
final class Svg {
  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
        .title { font-size: 15px; font-weight: 600; }
        .axis { fill: #59636e; font-size: 12px; }
        .grid { stroke: #d1d9e0; stroke-width: 1; }
        .bar { fill: #8c959f; }
        .ours { fill: #0969da; }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc; }
          .axis { fill: #9198a1; }
          .grid { stroke: #3d444d; }
          .bar { fill: #6e7681; }
          .ours { fill: #4493f8; }
        }
      </style>
      """;

  private Svg() {}

  /// The first lines.
  static String begin(int width, int height, String title) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            width,
            height,
            width,
            height,
            escape(title))
        + STYLE;
  }

  static void text(StringBuilder svg, String style, int x, int y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
            style,
            x,
            y,
            anchor,
            escape(words)));
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
