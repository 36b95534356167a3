package io.github.jsendfile.http.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("HT-21")
class MediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "index.html, text/html; charset=utf-8",
    "INDEX.HTML, text/html; charset=utf-8",
    "a.txt, text/plain; charset=utf-8",
    "a.css, text/css; charset=utf-8",
    "a.csv, text/csv; charset=utf-8",
    "a.md, text/markdown; charset=utf-8",
    "a.js, text/javascript; charset=utf-8",
    "a.mjs, text/javascript; charset=utf-8",
    "a.vtt, text/vtt; charset=utf-8",
    "a.json, application/json",
    "a.map, application/json",
    "a.webmanifest, application/manifest+json",
    "a.wasm, application/wasm",
    "a.pdf, application/pdf",
    "a.xml, application/xml",
    "a.svg, image/svg+xml",
    "a.png, image/png",
    "a.jpg, image/jpeg",
    "a.avif, image/avif",
    "a.webp, image/webp",
    "a.jxl, image/jxl",
    "favicon.ico, image/vnd.microsoft.icon",
    "a.woff, font/woff",
    "a.woff2, font/woff2",
    "a.mp4, video/mp4",
    "a.m4v, video/mp4",
    "a.webm, video/webm",
    "a.mkv, video/x-matroska",
    "a.mov, video/quicktime",
    "a.ogv, video/ogg",
    "a.ts, video/mp2t",
    "a.m3u8, application/vnd.apple.mpegurl",
    "a.mpd, application/dash+xml",
    "a.mp3, audio/mpeg",
    "a.m4a, audio/mp4",
    "a.ogg, audio/ogg",
    "a.opus, audio/ogg",
    "a.flac, audio/flac",
    "a.wav, audio/wav",
    "a.aac, audio/aac",
    "a.gz, application/gzip",
    "a.tar.gz, application/gzip",
    "a.zip, application/zip",
    "a.zst, application/zstd",
    "a.b.html, text/html; charset=utf-8",
    "README, application/octet-stream",
    "a.unknown, application/octet-stream",
    "a., application/octet-stream",
    ".bashrc, application/octet-stream",
    "html, application/octet-stream",
  })
  void typesOfFiles(String name, String type) {
    assertThat(MediaTypes.standard().of(name)).isEqualTo(type);
  }

  @Test
  void typesCanBeOverridden() {
    MediaTypes own =
        MediaTypes.standard()
            .with(
                Map.of(
                    "html", "text/html; charset=iso-8859-1",
                    ".LOG", "text/x-log",
                    "tar.gz", "application/x-tgz"));
    assertThat(own.of("a.html")).isEqualTo("text/html; charset=iso-8859-1");
    assertThat(own.of("a.log")).isEqualTo("text/x-log; charset=utf-8");
    assertThat(own.of("a.tar.gz")).isEqualTo("application/x-tgz");
    assertThat(own.of("a.gz")).isEqualTo("application/gzip");
    assertThat(own.of("a.png")).isEqualTo("image/png");
    assertThat(MediaTypes.standard().of("a.html")).isEqualTo("text/html; charset=utf-8");
  }
}
