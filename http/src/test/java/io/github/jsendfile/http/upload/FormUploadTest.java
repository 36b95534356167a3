package io.github.jsendfile.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.http.exchange.Client;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.RequestBody;
import io.github.jsendfile.http.message.Heads;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Spec("HT-41")
class FormUploadTest {
  private static final String CONTENT = "\r\n--\r\n--b\r--bound\n\r\n\r\n--boundar\r\n";

  @TempDir private Path directory;

  /// Wherever it is cut, the content comes out as it went in.
  @Test
  void aFormIsReadInPiecesOfAnySize() throws IOException {
    byte[] form =
        ("--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"new\"\r\n\r\n"
                + CONTENT
                + "\r\n--boundary\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nno file\r\n"
                + "--boundary--\r\n")
            .getBytes(StandardCharsets.UTF_8);
    try (FileTree tree = FileTree.of(directory)) {
      for (int pieceBytes = 1; pieceBytes <= form.length; pieceBytes++) {
        receive(tree, new Pieces(ByteBuffer.wrap(form), pieceBytes));
        assertThat(Files.readString(directory.resolve("new")))
            .as("pieces of %d bytes", pieceBytes)
            .isEqualTo(CONTENT);
      }
    }
  }

  private static void receive(FileTree tree, RequestBody body) throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    Exchange exchange =
        new Exchange(
            Heads.parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n"),
            body,
            new Client(here, here));
    UploadRules rules = new UploadRules(Existing.REPLACE, Long.MAX_VALUE, Set.of());
    Quotas quotas = new Quotas(tree, Quotas.UNLIMITED, Quotas.UNLIMITED);
    try (Quotas.Share share = quotas.share(exchange, tree);
        FormUpload form = new FormUpload(tree, TreePath.ROOT, rules, body, share)) {
      form.receive("boundary");
      assertThat(form.stored()).containsExactly("new");
    }
  }

  private record Pieces(ByteBuffer form, int pieceBytes) implements RequestBody {
    @Override
    public long received() {
      return 0;
    }

    @Override
    public Mechanism mechanism() {
      return Mechanism.BUFFERED_COPY;
    }

    @Override
    public long length() {
      return RequestHead.CHUNKED;
    }

    @Override
    public int read(ByteBuffer into) {
      int count = Math.min(pieceBytes, form.remaining());
      into.put(form.slice(form.position(), count));
      form.position(form.position() + count);
      return count == 0 ? -1 : count;
    }

    @Override
    public long receive(FileChannel file, long position, long mostBytes) {
      throw new AssertionError("is read");
    }
  }
}
