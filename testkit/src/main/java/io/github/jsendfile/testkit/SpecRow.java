package io.github.jsendfile.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A row of a table in a page of the specification: `| SF-12 | what it is about | … |`.
///
/// @param id the first cell, for example `SF-55a`
/// @param text the second cell
/// @param section the heading above the table
record SpecRow(String id, String text, String section) {
  private static final Pattern ROW = Pattern.compile("\\| ([A-Z]+-\\d+[a-z]?) \\| (.*?) \\|.*");
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");

  /// The rows of a page, in its order.
  static List<SpecRow> read(Path page) throws IOException {
    List<SpecRow> rows = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(page)) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        section = heading.group(1);
      } else if (row.matches()) {
        rows.add(new SpecRow(row.group(1), row.group(2), section));
      }
    }
    return rows;
  }
}
