package io.github.jsendfile.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Received;
import io.github.jsendfile.testkit.Conformance;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The code on the pages is code of the build, and the README's runs.
@Timeout(20)
class ReadmeTest {
  private static final Pattern SNIPPET =
      Pattern.compile("  // README: from here\n(.*)  // README: to here\n", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "README.md, core/src/test/java/io/github/jsendfile/example/OneFileServer.java",
    "docs/embedding.md, core/src/test/java/io/github/jsendfile/example/StreamDownload.java",
    "docs/embedding.md, bench/src/test/java/io/github/jsendfile/bench/embedding/JettyDownloads.java",
    "docs/embedding.md, bench/src/test/java/io/github/jsendfile/bench/embedding/SpringDownloads.java",
    "docs/embedding.md, bench/src/test/java/io/github/jsendfile/bench/embedding/NettyRegion.java",
    "docs/embedding.md, http/src/test/java/io/github/jsendfile/http/example/FilesBesideTheProgram.java",
  })
  void theExampleOnThePageIsTheOneThatIsCompiled(String page, String source) throws Exception {
    Matcher snippet = SNIPPET.matcher(Files.readString(Conformance.root().resolve(source)));
    assertThat(snippet.find()).isTrue();
    String shown = snippet.group(1).replaceAll("(?m)^  ", "");
    assertThat(Files.readString(Conformance.root().resolve(page))).contains(shown);
  }

  @Test
  void theExampleServes(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "hello");
    Path copy = directory.resolve("copy");
    Thread serving;
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      serving = Thread.ofVirtual().start(() -> serve(server, file));
      try (SocketChannel socket = SocketChannel.open(server.getLocalAddress());
          FileChannel received =
              FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        Received done = FileReceiver.defaults().receive(socket, received, 0, Long.MAX_VALUE);
        assertThat(done.bytesReceived()).isEqualTo(5);
      }
    }
    serving.join();
    assertThat(copy).hasContent("hello");
  }

  private static void serve(ServerSocketChannel server, Path file) {
    try {
      OneFileServer.serve(server, file);
    } catch (AsynchronousCloseException e) {
      assertThat(server.isOpen()).isFalse();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
