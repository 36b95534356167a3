package io.github.jsendfile.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlReaderTest {
  private static final byte[] NO_BYTES = {};

  @ParameterizedTest
  @CsvSource({
    "NOOP, 4e4f4f50 0d0a",
    "NOOP, 4e4f4f50 0a",
    "NOOP, fff4 fff2 4e4f4f50 0d0a",
    "ABOR, f4ff 41424f52 0d0a",
    "ABOR, fff4 f2 41424f52 0d0a",
    "NOOP, fffb01 fffd03 4e4f4f50 0d0a",
    "NOOP, 4e4f fff1 4f50 0d0a",
    "CWD ä, 43574420 c3a4 0d0a",
  })
  @Spec({"FT-46", "FT-23"})
  void takesTelnetWordsOutOfALine(String line, String octets) throws IOException {
    assertThat(read(octets(octets))).containsExactly(new ControlInput.Line(line));
  }

  @Test
  @Spec({"FT-46", "FT-6"})
  void namesALineThatIsNotUtf8() throws IOException {
    assertThat(read(octets("43574420 c3 28 0d0a 4e4f4f500d0a")))
        .containsExactly(new ControlInput.Undecodable(), new ControlInput.Line("NOOP"));
    assertThat(read(octets("43574420 ffff 0d0a"))).containsExactly(new ControlInput.Undecodable());
  }

  @Test
  @Spec("FT-46")
  void keepsNoMoreThanItsBound() throws IOException {
    String longest = "x".repeat(ControlReader.MAX_LINE_BYTES - 1);
    assertThat(read((longest + "\r\nNOOP\r\n").getBytes(StandardCharsets.US_ASCII)))
        .containsExactly(new ControlInput.Line(longest), new ControlInput.Line("NOOP"));
    String tooLong = "x".repeat(5_000_000);
    assertThat(read((tooLong + "\r\nNOOP\r\n").getBytes(StandardCharsets.US_ASCII)))
        .containsExactly(new ControlInput.TooLong(), new ControlInput.Line("NOOP"));
  }

  @Test
  void aLineThatDoesNotEndIsNone() throws IOException {
    assertThat(read("NOOP".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(read(NO_BYTES)).isEmpty();
  }

  @Test
  @Spec("FT-46")
  void junkIsReadToItsEnd() throws IOException {
    byte[] junk = new byte[200_000];
    new Random(5).nextBytes(junk);
    assertThat(read(junk)).hasSizeGreaterThan(100);
  }

  private static List<ControlInput> read(byte[] octets) throws IOException {
    ControlReader reader = new ControlReader(Channels.newChannel(new ByteArrayInputStream(octets)));
    List<ControlInput> inputs = new ArrayList<>();
    ControlInput input = reader.next();
    while (!(input instanceof ControlInput.End)) {
      inputs.add(input);
      input = reader.next();
    }
    return inputs;
  }

  private static byte[] octets(String hex) {
    return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
