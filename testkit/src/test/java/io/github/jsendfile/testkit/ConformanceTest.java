package io.github.jsendfile.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the project to its specification; and the table's maker to its own.
class ConformanceTest {
  private static final String REWRITE = "run ./build conformance, which writes docs/conformance";

  @TempDir Path directory;

  static List<String> completePages() throws IOException {
    return Conformance.of(Conformance.root()).pages().stream()
        .filter(Conformance::isComplete)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("completePages")
  void everyRowHasATest(String page) throws IOException {
    assertThat(Conformance.of(Conformance.root()).rowsWithoutTest(page))
        .as("rows of docs/spec/%s.md that no test names with @Spec", page)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("completePages")
  void thePageIsUpToDate(String page) throws IOException {
    Conformance conformance = Conformance.of(Conformance.root());
    List<String> written = conformance.written(page).lines().toList();
    List<String> rendered = conformance.render(page).lines().toList();
    assertThat(rendered.stream().filter(line -> !written.contains(line)))
        .as("lines missing from docs/conformance/%s.md: %s", page, REWRITE)
        .isEmpty();
    assertThat(written).as(REWRITE).hasSameSizeAs(rendered);
  }

  @Test
  void everyNamedRowExists() throws IOException {
    assertThat(Conformance.of(Conformance.root()).unknownRows())
        .as("rows that tests name with @Spec and docs/spec does not have")
        .isEmpty();
  }

  @Test
  void onlyWhatIsStillBeingBuiltMayHaveRowsWithoutTest() throws IOException {
    assertThat(completePages()).contains("sendfile").doesNotContain("xy");
    assertThat(Conformance.of(Conformance.root()).pages()).containsAll(completePages());
  }

  @Test
  void listsRowsWithTheirTests() throws IOException {
    Conformance conformance = project("@Spec(\"XY-1\") void works() {}");
    assertThat(conformance.render("xy"))
        .contains("| XY-1 | first | [ATest](../../core/src/test/java/ATest.java): works |\n")
        .contains("| XY-2b | second |  |\n");
  }

  @Test
  void tellsWhatIsMissingAndWhatIsUnknown() throws IOException {
    Conformance conformance = project("@Spec({\"XY-1\", \"XY-9\"}) void works() {}");
    assertThat(conformance.rowsWithoutTest("xy")).containsExactly("XY-2b second");
    assertThat(conformance.unknownRows()).containsExactly("XY-9 in ATest.works");
  }

  private Conformance project(String body) throws IOException {
    Path spec = Files.createDirectories(directory.resolve("docs/spec"));
    Files.writeString(
        spec.resolve("xy.md"),
        "# XY\n\n| id | case | what |\n|---|---|---|\n| XY-1 | first | a |\n| XY-2b | second | b |\n");
    Path tests = Files.createDirectories(directory.resolve("core/src/test/java"));
    Files.writeString(tests.resolve("ATest.java"), "class ATest {\n" + body + "\n}\n");
    return Conformance.of(directory);
  }
}
