package io.github.jsendfile.ftp.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "NOOP|NOOP|",
        "noop|NOOP|",
        "RETR a b|RETR|a b",
        "retr  a |RETR| a ",
        "CWD |CWD|",
        "|'' |",
        "SITE|SITE|",
        "site chmod 644 a|SITE CHMOD|644 a",
        "SITE HELP|SITE HELP|",
        "stor ä|STOR|ä",
        "i|I|"
      })
  @Spec("FT-8")
  void takesALineApart(String line, String word, String argument) {
    CommandLine parsed = CommandLine.parse(line == null ? "" : line);
    assertThat(parsed.word()).isEqualTo(word.strip());
    assertThat(parsed.argument()).isEqualTo(argument == null ? "" : argument);
  }

  @Test
  @Spec("FT-23")
  void findsAborBehindTelnetSignals() {
    assertThat(CommandLine.parse("\u00f2abor").verb()).contains(Verb.ABOR);
    assertThat(CommandLine.parse("XSTAT").verb()).contains(Verb.STAT);
    assertThat(CommandLine.parse("FOO").verb()).isEmpty();
    assertThat(CommandLine.parse("SITE FOO").verb()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PASS secret", "pass secret", "xxPASS secret", "ACCT secret", "PASS"})
  @Spec("FT-44")
  void showsNoPassword(String line) {
    assertThat(CommandLine.parse(line).forLog()).doesNotContain("secret").endsWith("****");
  }
}
