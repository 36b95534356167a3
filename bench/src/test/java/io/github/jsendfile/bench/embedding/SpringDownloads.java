package io.github.jsendfile.bench.embedding;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// The example of docs/embedding.md for Spring MVC.
@RestController
class SpringDownloads {
  private final Path file;
  private final FileSender sender = FileSender.builder().exactly().build();

  SpringDownloads(Path file) {
    this.file = file;
  }

  // README: from here
  @GetMapping("/download")
  ResponseEntity<StreamingResponseBody> download() throws IOException {
    return ResponseEntity.ok()
        .contentLength(Files.size(file))
        .body(out -> sender.send(FileRegion.of(file), Channels.newChannel(out))); // copied
  }
  // README: to here
}
