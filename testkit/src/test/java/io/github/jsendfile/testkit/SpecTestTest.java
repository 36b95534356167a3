package io.github.jsendfile.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecTestTest {
  private static final Path SOURCE = Path.of("OuterTest.java");

  @Test
  void namesTheMethodBehindOtherAnnotations() {
    assertThat(
            SpecTest.scan(
                SOURCE,
                """
                class OuterTest {
                  @Spec({"SF-1", "SF-2"})
                  @ParameterizedTest(name = "a (b) {0}")
                  @EnumSource(value = A.class, names = {"X"})
                  // a comment ( with a parenthesis
                  static <T> List<T> checksNull(T value) throws IOException {
                """))
        .containsExactly(new SpecTest(SOURCE, "OuterTest", "checksNull", List.of("SF-1", "SF-2")));
  }

  @Test
  void namesTheClass() {
    assertThat(SpecTest.scan(SOURCE, "@Spec(\"SF-3\") @Timeout(30)\nfinal class OuterTest {"))
        .containsExactly(new SpecTest(SOURCE, "OuterTest", "", List.of("SF-3")));
  }

  @Test
  void namesANestedClass() {
    assertThat(SpecTest.scan(SOURCE, "@Nested @Spec(\"SF-3\") class Inner implements A {"))
        .containsExactly(new SpecTest(SOURCE, "OuterTest", "Inner", List.of("SF-3")));
  }

  @Test
  void ignoresWhatIsOnlySpokenOf() {
    assertThat(
            SpecTest.scan(
                SOURCE,
                """
                // @Spec("SF-1")
                /* @Spec("SF-2") void a() {} */
                String s = "@Spec(\\"SF-3\\") void a() {}";
                """))
        .isEmpty();
  }
}
