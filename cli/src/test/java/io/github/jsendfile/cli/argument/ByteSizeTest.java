package io.github.jsendfile.cli.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "7B, 7",
    "10k, 10240",
    "10K, 10240",
    "10KiB, 10240",
    "10kib, 10240",
    "10kB, 10000",
    "10KB, 10000",
    "8MiB, 8388608",
    "8M, 8388608",
    "8MB, 8000000",
    "1GB, 1000000000",
    "1.5G, 1610612736",
    "1.5k, 1536",
    "2 MiB, 2097152",
    "1TiB, 1099511627776",
    "9223372036854775807, 9223372036854775807",
    "7E, 8070450532247928832",
  })
  void reads(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "k",
        "ten",
        "10q",
        "10kk",
        "1,5k",
        "1.k",
        ".5k",
        "0x10",
        "10 k B",
        "1e3",
        "1.3",
        "0.3k",
        "-1",
        "-8MiB",
        "8E",
        "9223372036854775808",
        "999999999999999999999999999",
      })
  void refuses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 bytes",
    "999, 999 bytes",
    "1000, 0.98 KiB",
    "1024, 1.00 KiB",
    "10240, 10.0 KiB",
    "1047527424, 999 MiB",
    "1073741824, 1.00 GiB",
    "9223372036854775807, 8.00 EiB",
  })
  void writes(long bytes, String text) {
    assertThat(new ByteSize(bytes).human()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1MiB, 1048576", "1MiB/s, 1048576", "500k/S, 512000"})
  void readsRates(String text, long bytesPerSecond) {
    assertThat(Rate.parse(text).bytesPerSecond()).isEqualTo(bytesPerSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0/s", "/s", "fast", "-1k"})
  void refusesRates(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text));
  }
}
