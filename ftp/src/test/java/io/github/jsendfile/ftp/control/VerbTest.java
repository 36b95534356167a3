package io.github.jsendfile.ftp.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerbTest {
  @ParameterizedTest
  @ValueSource(
      strings =
          "USER PASS ACCT CWD CDUP SMNT REIN QUIT PORT PASV TYPE STRU MODE RETR STOR STOU APPE"
              + " ALLO REST RNFR RNTO ABOR DELE RMD MKD PWD LIST NLST SITE SYST STAT HELP NOOP")
  @Spec("FT-1")
  void knowsAllOfRfc959(String words) {
    for (String word : words.split(" ", -1)) {
      assertThat(Verb.of(word)).as(word).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACCT", "SMNT"})
  @Spec({"FT-1", "FT-8"})
  void knowsWhatItDoesNotDo(String word) {
    assertThat(Verb.of(word).orElseThrow().command()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  @Spec("FT-1")
  void eachHasOneLineOfHelpAndAClause(Verb verb) {
    assertThat(verb.help()).startsWith("Syntax: " + verb.word()).endsWith(").");
    assertThat(verb.clause()).isNotEmpty();
    assertThat(verb.help()).doesNotContain("\n");
  }

  @Test
  @Spec("FT-9")
  void clientsMayAskBeforeLogin() {
    assertThat(
            new Verb[] {
              Verb.FEAT, Verb.HELP, Verb.SYST, Verb.NOOP, Verb.OPTS, Verb.HOST, Verb.QUIT
            })
        .allMatch(verb -> verb.access() == Access.ANYONE);
  }
}
