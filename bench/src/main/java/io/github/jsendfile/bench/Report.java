package io.github.jsendfile.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/// The pages of results. Each benchmark owns parts of one, between two marks, and replaces only
/// those.
public final class Report {
  private final Options options;
  private final String machine;

  Report(Options options, String machine) {
    this.options = options;
    this.machine = machine;
  }

  /// Prints a part of a benchmark's results and puts it in its place on the page.
  ///
  /// @param section its name within the page
  /// @param text a heading, an empty line, and what was found
  public void put(Options.Part part, String section, String text) throws IOException {
    System.out.println();
    System.out.println(text);
    Files.createDirectories(options.out());
    Path page = options.out().resolve(part.page().file());
    String old = Files.exists(page) ? Files.readString(page) : part.page().header();
    String note = options.quick() ? " A quick run: preliminary figures." : "";
    String facts =
        String.format(
            Locale.ROOT,
            "Measured on %s with `%s`.%s Machine: %s.",
            LocalDate.now(java.time.ZoneOffset.UTC),
            options.command(),
            note,
            machine);
    Files.writeString(page, replace(old, section, text.replaceFirst("\n", "\n\n" + facts + "\n")));
    System.out.println("written to " + page);
  }

  /// Writes a picture next to the page.
  public void picture(String name, String svg) throws IOException {
    Files.createDirectories(options.out());
    Files.writeString(options.out().resolve(name), svg);
    System.out.println("written to " + options.out().resolve(name));
  }

  static String replace(String page, String name, String text) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->\n";
    String part = begin + text.stripTrailing() + "\n" + end;
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      return page.stripTrailing() + "\n\n" + part;
    }
    return page.substring(0, from) + part + page.substring(to + end.length());
  }
}
