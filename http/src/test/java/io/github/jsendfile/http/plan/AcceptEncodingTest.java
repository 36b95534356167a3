package io.github.jsendfile.http.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("HT-25")
class AcceptEncodingTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, IDENTITY",
        "'', IDENTITY",
        "gzip, GZIP",
        "x-gzip, GZIP",
        "GZIP, GZIP",
        "br, BROTLI",
        "zstd, ZSTANDARD",
        "'gzip, deflate, br, zstd', BROTLI",
        "'zstd, gzip', ZSTANDARD",
        "'br;q=0.5, gzip', GZIP",
        "'br;q=0.5, gzip;q=0.5', BROTLI",
        "'gzip;q=1.0, br;q=0.999', GZIP",
        "'br;q=0, gzip', GZIP",
        "'br;q=0.000', IDENTITY",
        "deflate, IDENTITY",
        "identity, IDENTITY",
        "'identity, gzip;q=0.5', IDENTITY",
        "'identity;q=0.5, gzip;q=0.5', GZIP",
        "'identity;q=0.5, gzip;q=0.001', IDENTITY",
        "'gzip;q=0.001', GZIP",
        "*, BROTLI",
        "'*;q=0.5', BROTLI",
        "'*;q=0.5, gzip', GZIP",
        "'br;q=0, *', ZSTANDARD",
        "'gzip, *;q=0', GZIP",
        "'*;q=0', -",
        "'identity;q=0', -",
        "'identity;q=0, deflate', -",
        "'identity;q=0, gzip', GZIP",
        "'*;q=0, identity', IDENTITY",
        "'identity;q=0, *', BROTLI",
        "'gzip ; q=1', GZIP",
        "'gzip;Q=0.8', GZIP",
        "',,gzip,,', GZIP",
        "'gzip;q=2', IDENTITY",
        "'gzip;q=-1', IDENTITY",
        "'gzip;q=0.1234', IDENTITY",
        "'gzip;q=', IDENTITY",
        "'gzip;level=9', IDENTITY",
        "'gzip br', IDENTITY",
      })
  void chooses(String field, ContentCoding coding) {
    assertThat(AcceptEncoding.choose(field, EnumSet.allOf(ContentCoding.class))).isEqualTo(coding);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'gzip, br', GZIP",
        "'br', IDENTITY",
        "'*', GZIP",
        "'identity;q=0, br', -",
        "'br, gzip;q=0.1', GZIP",
      })
  void choosesWhatThereIs(String field, ContentCoding coding) {
    EnumSet<ContentCoding> available = EnumSet.of(ContentCoding.GZIP, ContentCoding.IDENTITY);
    assertThat(AcceptEncoding.choose(field, available)).isEqualTo(coding);
  }
}
