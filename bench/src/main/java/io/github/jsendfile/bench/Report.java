package io.github.jsendfile.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/// The page of results. Each benchmark owns a part of it, between two marks, and replaces only
/// that.
public final class Report {
  private static final String HEADER =
      """
      # What it costs

      Written by `./bench/run`; each part says when and on what. Ratios were taken on one machine in
      one run; the plain figures will differ on yours. Peers are always in a process of their own, so
      what is measured is the sender alone. Losing cases are in the tables like all others.

      """;

  private final Path folder;
  private final Path page;

  Report(Path folder) {
    this.folder = folder;
    this.page = folder.resolve("core.md");
  }

  /// Prints a part and puts it in its place on the page.
  void put(Options.Part part, Options options, String machine, String text) throws IOException {
    System.out.println();
    System.out.println(text);
    Files.createDirectories(folder);
    String old = Files.exists(page) ? Files.readString(page) : HEADER;
    String name = part.name().toLowerCase(Locale.ROOT);
    String note = options.quick() ? " A quick run: preliminary figures." : "";
    String facts =
        String.format(
            Locale.ROOT,
            "Measured on %s with `%s`.%s Machine: %s.",
            LocalDate.now(java.time.ZoneOffset.UTC),
            options.command(),
            note,
            machine);
    Files.writeString(page, replace(old, name, text.replaceFirst("\n", "\n\n" + facts + "\n")));
    System.out.println("written to " + page);
  }

  /// Writes a picture next to the page.
  public void picture(String name, String svg) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name), svg);
    System.out.println("written to " + folder.resolve(name));
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
