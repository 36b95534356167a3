package io.github.jsendfile.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.testkit.Spec;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final FactLine.Permissions ALL = new FactLine.Permissions("adfrw", "cdeflmp");

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T11:59:00Z, Nov 24 11:59",
    "2026-11-24T12:30:00Z, Nov 24 12:30",
    "2026-06-01T01:02:03Z, Jun 01 01:02",
    "2026-05-01T01:02:03Z, 'May 01  2026'",
    "1970-01-01T00:00:00Z, 'Jan 01  1970'",
    "2030-01-01T00:00:00Z, 'Jan 01  2030'",
    "1969-12-31T00:00:00Z, 'Dec 31  1969'",
  })
  @Spec("FT-26")
  void listShowsTimeOrYear(String moment, String shown) {
    FileFacts facts = FileFacts.regular(12, Instant.parse(moment));
    assertThat(new UnixLine(NOW).of("a b", facts))
        .isEqualTo("-rw-r--r--   1 owner    group              12 " + shown + " a b");
  }

  @Test
  @Spec("FT-26")
  void listShowsDirectoriesAndHugeSizes() {
    UnixLine line = new UnixLine(NOW);
    assertThat(line.of("d", FileFacts.directory(NOW))).startsWith("drwxr-xr-x   1 ");
    assertThat(line.of("f", FileFacts.regular(Long.MAX_VALUE, NOW)))
        .contains(" " + Long.MAX_VALUE + " Nov");
  }

  @Test
  @Spec({"FT-26", "FT-5"})
  void aNameStaysOnItsLine() {
    FileFacts facts = FileFacts.regular(1, NOW);
    assertThat(new UnixLine(NOW).of("a\r\nb\u007f", facts)).endsWith(" a??b?");
    assertThat(new FactLine(EnumSet.of(Fact.SIZE), ALL).of("a\nb", facts)).isEqualTo("size=1; a?b");
  }

  @Test
  @Spec("FT-5")
  void factsInTheOrderOfFeat() {
    FileFacts facts = FileFacts.regular(7, NOW);
    assertThat(
            new FactLine(EnumSet.of(Fact.MODIFY, Fact.TYPE, Fact.PERM, Fact.SIZE), ALL)
                .of("n", facts))
        .isEqualTo("type=file;perm=adfrw;size=7;modify=20261124120000; n");
    assertThat(new FactLine(EnumSet.noneOf(Fact.class), ALL).of("n", facts)).isEqualTo(" n");
    assertThat(
            new FactLine(EnumSet.of(Fact.TYPE, Fact.PERM), ALL).of("n", FileFacts.directory(NOW)))
        .isEqualTo("type=dir;perm=cdeflmp; n");
  }

  @Test
  @Spec({"FT-3", "FT-5"})
  void featMarksWhatIsShown() {
    assertThat(Fact.feature(EnumSet.of(Fact.TYPE)))
        .startsWith("MLST type*;perm;size;modify;")
        .endsWith(";");
    assertThat(Fact.of("UNIX.Mode")).isEqualTo(Optional.of(Fact.UNIX_MODE));
    assertThat(Fact.of("fish")).isEmpty();
  }
}
