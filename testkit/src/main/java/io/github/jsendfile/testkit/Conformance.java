package io.github.jsendfile.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of which test proves which row of the specification: for each `docs/spec/NAME.md` a
/// page `docs/conformance/NAME.md`, made from the [Spec] annotations in the tests' sources.
///
/// [#main] writes the pages and fails when a row has no test; the build compares them. A page
/// that is not complete yet may have rows without one.
public final class Conformance {
  private static final Path SPEC = Path.of("docs", "spec");
  private static final Path PAGES = Path.of("docs", "conformance");

  /// The pages of which every row has a test.
  private static final Set<String> COMPLETE = Set.of("sendfile");

  private final Path root;
  private final List<SpecTest> tests;

  private Conformance(Path root, List<SpecTest> tests) {
    this.root = root;
    this.tests = tests;
  }

  /// Reads the sources of all modules.
  ///
  /// @param root the project's directory
  /// @return what was found
  /// @throws IOException if something cannot be read
  public static Conformance of(Path root) throws IOException {
    List<SpecTest> tests = new ArrayList<>();
    for (Path module : list(root)) {
      Path sources = module.resolve("src/test/java");
      if (Files.isDirectory(sources)) {
        tests.addAll(testsUnder(sources));
      }
    }
    return new Conformance(root, tests);
  }

  /// The project's directory: the nearest one at or above the current directory that has the
  /// specification.
  ///
  /// @return an absolute path
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path at = here; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(SPEC))) {
        return at;
      }
    }
    throw new IllegalStateException("there is no " + SPEC + " at or above " + here);
  }

  /// The specification's pages.
  ///
  /// @return their names without `.md`, sorted
  /// @throws IOException if the directory cannot be read
  public List<String> pages() throws IOException {
    return list(root.resolve(SPEC)).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".md"))
        .map(name -> name.substring(0, name.length() - ".md".length()))
        .toList();
  }

  /// Must every row of a page have a test, and its table be up to date?
  ///
  /// @param page a page's name without `.md`
  /// @return false while what it asks for is being built
  public static boolean isComplete(String page) {
    return COMPLETE.contains(page);
  }

  /// The rows that no test names.
  ///
  /// @param page a page's name without `.md`
  /// @return ids, each with the row's text
  /// @throws IOException if the page cannot be read
  public List<String> rowsWithoutTest(String page) throws IOException {
    return rows(page).stream()
        .filter(row -> testsOf(row).isEmpty())
        .map(row -> row.id() + " " + row.text())
        .toList();
  }

  /// What the tests name and no page of the specification has.
  ///
  /// @return ids, each with the test
  /// @throws IOException if a page cannot be read
  public List<String> unknownRows() throws IOException {
    Set<String> known = new LinkedHashSet<>();
    for (String page : pages()) {
      rows(page).forEach(row -> known.add(row.id()));
    }
    return tests.stream()
        .flatMap(test -> test.ids().stream().map(id -> List.of(id, test.name())))
        .filter(named -> !known.contains(named.getFirst()))
        .map(named -> String.join(" in ", named))
        .toList();
  }

  /// The page as it should be.
  ///
  /// @param page its name without `.md`
  /// @return its text
  /// @throws IOException if the specification cannot be read
  public String render(String page) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Which test proves which row of the [specification](../spec/")
        .append(page)
        .append(".md)\n\nMade from the `@Spec` annotations of the tests by `")
        .append(Conformance.class.getName())
        .append("`; do not edit.\n");
    String section = "";
    for (SpecRow row : rows(page)) {
      if (!row.section().equals(section)) {
        section = row.section();
        text.append("\n## ").append(section).append("\n\n| row | case | tests |\n|---|---|---|\n");
      }
      text.append(line(row));
    }
    return text.toString();
  }

  /// The page as it stands in the project.
  ///
  /// @param page its name without `.md`
  /// @return its text, or nothing if there is none
  /// @throws IOException if it cannot be read
  public String written(String page) throws IOException {
    Path file = fileOf(page);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /// Writes the page.
  ///
  /// @param page its name without `.md`
  /// @throws IOException if it cannot be written
  public void write(String page) throws IOException {
    Files.createDirectories(root.resolve(PAGES));
    Files.writeString(fileOf(page), render(page));
  }

  /// Writes all pages of the project it is started in, and lists what is missing; fails if it is
  /// missing in a complete page.
  ///
  /// @param args none
  /// @throws IOException if something cannot be read or written
  public static void main(String[] args) throws IOException {
    Conformance conformance = of(root());
    PrintStream out = System.out;
    int missing = 0;
    for (String page : conformance.pages()) {
      conformance.write(page);
      List<String> rows = conformance.rowsWithoutTest(page);
      rows.forEach(row -> out.println("no test: " + row));
      missing += isComplete(page) ? rows.size() : 0;
    }
    List<String> unknown = conformance.unknownRows();
    unknown.forEach(row -> out.println("no such row: " + row));
    if (missing + unknown.size() > 0) {
      System.exit(1);
    }
  }

  private String line(SpecRow row) {
    Map<Path, List<SpecTest>> bySource =
        testsOf(row).stream()
            .collect(
                Collectors.groupingBy(SpecTest::source, LinkedHashMap::new, Collectors.toList()));
    String links =
        bySource.entrySet().stream()
            .map(entry -> link(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    return "| " + row.id() + " | " + row.text() + " | " + links + " |\n";
  }

  private String link(Path source, List<SpecTest> named) {
    String file = root.relativize(source).toString().replace('\\', '/');
    String link = "[" + named.getFirst().type() + "](../../" + file + ")";
    String members =
        named.stream()
            .map(SpecTest::member)
            .filter(member -> !member.isEmpty())
            .collect(Collectors.joining(", "));
    return members.isEmpty() ? link : link + ": " + members;
  }

  private List<SpecTest> testsOf(SpecRow row) {
    return tests.stream().filter(test -> test.ids().contains(row.id())).toList();
  }

  private List<SpecRow> rows(String page) throws IOException {
    return SpecRow.read(root.resolve(SPEC).resolve(page + ".md"));
  }

  private Path fileOf(String page) {
    return root.resolve(PAGES).resolve(page + ".md");
  }

  private static List<SpecTest> testsUnder(Path sources) throws IOException {
    List<SpecTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        tests.addAll(SpecTest.read(file));
      }
    }
    return tests;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
