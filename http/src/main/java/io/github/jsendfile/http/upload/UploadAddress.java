package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.page.Query;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.PartialFiles;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalLong;

/// The address of an upload that has broken off: the file's own with `?upload`, or with
/// `?upload=TAG`, where a client that has read the file's length and date can say which of several
/// files of one name it means.
final class UploadAddress {
  private static final String PARAMETER = "upload";
  private static final int TOKEN_BYTES = 16;

  private UploadAddress() {}

  static boolean isAskedFor(Exchange exchange) {
    return Query.parse(exchange.head().target().query()).has(PARAMETER);
  }

  /// HEAD: how much of it is there.
  static Answer describe(Exchange exchange, FileTree tree, TreePath target) throws IOException {
    OptionalLong length = new PartialFiles(tree).length(target, token(exchange, target));
    return length.isPresent()
        ? Status.withOffset(Status.NO_CONTENT, length.getAsLong())
        : Status.of(Status.NOT_FOUND);
  }

  /// DELETE: nobody will go on with it.
  static Answer delete(Exchange exchange, FileTree tree, TreePath target) throws IOException {
    OptionalLong length = new PartialFiles(tree).delete(target, token(exchange, target));
    return Status.of(length.isPresent() ? Status.NO_CONTENT : Status.NOT_FOUND);
  }

  /// What tells it from others, of other users and names.
  static String token(Exchange exchange, TreePath target) {
    String tag = Query.parse(exchange.head().target().query()).get(PARAMETER).orElse("");
    String user = Objects.requireNonNullElse(exchange.user(), "");
    String text = String.join("\0", user, target.name(), tag);
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, TOKEN_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
