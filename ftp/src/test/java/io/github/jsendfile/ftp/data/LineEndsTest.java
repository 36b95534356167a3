package io.github.jsendfile.ftp.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TYPE A: each text against a whole-text replacement, at every size of buffer.
@Spec("FT-21")
class LineEndsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\n",
        "\r\n",
        "\r",
        "a\nb",
        "a\r\nb\n",
        "\n\n\n",
        "\r\r\n",
        "\r\n\r\n",
        "a\rb\r",
        "\n\r",
        "a\r\n\n"
      })
  void bothWaysAtEveryBorder(String text) throws IOException {
    for (int size = 1; size <= text.length() + 1; size++) {
      assertThat(sent(text, size)).isEqualTo(text.replaceAll("(?<!\r)\n", "\r\n"));
      assertThat(stored(text, size)).isEqualTo(text.replace("\r\n", "\n"));
    }
  }

  @Test
  void randomTextsGoThereAndBack() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(200_000 / (i + 1)); length > 0; length--) {
        text.append("ab\n".charAt(random.nextInt(3)));
      }
      String once = sent(text.toString(), 1 + random.nextInt(5000));
      assertThat(stored(once, 1 + random.nextInt(5000))).isEqualTo(text.toString());
    }
  }

  private static String sent(String text, int size) throws IOException {
    StringBuilder result = new StringBuilder();
    byte[] piece = new byte[size];
    try (CrLfInputStream in =
        new CrLfInputStream(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
              @Override
              public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, size));
              }
            })) {
      for (int count = in.read(piece, 0, size); count >= 0; count = in.read(piece, 0, size)) {
        result.append(new String(piece, 0, count, StandardCharsets.US_ASCII));
      }
    }
    return result.toString();
  }

  private static String stored(String text, int size) {
    LineEnds lineEnds = new LineEnds();
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer stored = ByteBuffer.allocate(octets.length + 1);
    for (int from = 0; from < octets.length; from += size) {
      lineEnds.convert(ByteBuffer.wrap(octets, from, Math.min(size, octets.length - from)), stored);
    }
    lineEnds.end(stored);
    return new String(stored.array(), 0, stored.position(), StandardCharsets.US_ASCII);
  }
}
