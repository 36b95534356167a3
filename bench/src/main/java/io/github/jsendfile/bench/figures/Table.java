package io.github.jsendfile.bench.figures;

import java.util.ArrayList;
import java.util.List;

/// A table in Markdown, padded so that it reads as well on a terminal.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /// Begins one; the first column is text, the others are figures.
  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  /// Adds a row.
  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " under " + rows.getFirst().size() + " heads");
    }
    rows.add(List.of(cells));
    return this;
  }

  /// Whether it has no row.
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line(text, rows.get(i));
      if (i == 0) {
        rule(text);
      }
    }
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells) {
    for (int column = 0; column < cells.size(); column++) {
      String padding = " ".repeat(width(column) - cells.get(column).length());
      String cell = cells.get(column);
      text.append("| ").append(column == 0 ? cell + padding : padding + cell).append(' ');
    }
    text.append("|\n");
  }

  private void rule(StringBuilder text) {
    for (int column = 0; column < rows.getFirst().size(); column++) {
      String dashes = "-".repeat(width(column));
      text.append("| ").append(column == 0 ? dashes + " " : dashes + ":");
    }
    text.append("|\n");
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
