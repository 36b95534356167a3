package io.github.jsendfile.cli.console;

import io.github.jsendfile.cli.argument.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a progress bar shows at one moment, as text.
///
/// @param label what moves
/// @param bytes how much has moved
/// @param total how much will have moved; [#UNKNOWN] if nobody knows
/// @param bytesPerSecond how fast it moves now
/// @param elapsed since the beginning
/// @param idle since the last byte moved
public record ProgressLine(
    String label, long bytes, long total, double bytesPerSecond, Duration elapsed, Duration idle) {
  public static final long UNKNOWN = -1;

  private static final Duration STALLED = Duration.ofSeconds(3);
  private static final int NARROWEST_BAR = 6;
  private static final int WIDEST_LABEL = 24;

  /// The line, never wider than the terminal: with a bar between label and figures if there is
  /// room, without label, and at last without amounts if there is not.
  String render(int columns) {
    String name = label.length() > WIDEST_LABEL ? shortened() : label;
    String figures = join(figures());
    int room = columns - 1 - name.length() - figures.length() - 4;
    String bar = total == UNKNOWN || room < NARROWEST_BAR ? "" : bar(room) + " ";
    return Stream.of(name + " " + bar + figures, figures, join(figures().subList(1, 3)))
        .filter(line -> line.length() < columns)
        .findFirst()
        .orElse("");
  }

  private String shortened() {
    return label.substring(0, WIDEST_LABEL / 2 - 1)
        + ".."
        + label.substring(label.length() - WIDEST_LABEL / 2 + 1);
  }

  private String bar(int width) {
    int filled = (int) Math.round(fraction() * width);
    String head = filled > 0 && filled < width ? ">" : "";
    String body = "=".repeat(filled - head.length()) + head;
    return "[" + body + " ".repeat(width - filled) + "]";
  }

  private double fraction() {
    return total <= 0 ? 1 : Math.clamp((double) bytes / total, 0, 1);
  }

  private List<String> figures() {
    String rate = ByteSize.human(bytesPerSecond) + "/s";
    String amount = ByteSize.human((double) bytes);
    if (total == UNKNOWN) {
      return List.of(amount, rate, isStalled() ? stalled() : clock(elapsed));
    }
    String percent = String.format(Locale.ROOT, "%3.0f%%", Math.floor(fraction() * 100));
    String of = amount + "/" + ByteSize.human((double) total);
    return List.of(of, percent, rate, isStalled() ? stalled() : eta());
  }

  private static String join(List<String> figures) {
    return String.join("  ", figures);
  }

  private boolean isStalled() {
    return idle.compareTo(STALLED) >= 0 && bytes != total;
  }

  private String stalled() {
    return "stalled " + clock(idle);
  }

  private String eta() {
    if (bytes >= total) {
      return clock(elapsed);
    }
    return bytesPerSecond < 1
        ? "ETA --:--"
        : "ETA " + clock(Duration.ofSeconds((long) Math.ceil((total - bytes) / bytesPerSecond)));
  }

  static String clock(Duration time) {
    long seconds = time.toSeconds();
    if (seconds >= 360_000) {
      return "> 99 h";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
