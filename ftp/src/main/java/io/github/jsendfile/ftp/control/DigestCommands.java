package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.session.DigestAlgorithm;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.server.files.OpenFile;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/// Digests of files: HASH (draft-bryan-ftp-hash) and what clients used before it.
final class DigestCommands {
  private static final int BUFFER_BYTES = 128 * 1024;

  /// What is read between two looks at the client: whoever sends his commands and ends his side at
  /// once gets the digests of smaller files.
  private static final long UNWATCHED_BYTES = 256 * BUFFER_BYTES;

  private DigestCommands() {}

  static void hash(Session session, String argument) throws IOException {
    DigestAlgorithm algorithm = session.parameters().digest();
    Digest digest = digest(session, argument, algorithm);
    session.reply(
        213, algorithm.word() + " 0-" + digest.length() + " " + digest.hex() + " " + digest.path());
  }

  static void xsha256(Session session, String argument) throws IOException {
    session.reply(250, digest(session, argument, DigestAlgorithm.SHA_256).hex());
  }

  static void xmd5(Session session, String argument) throws IOException {
    session.reply(250, digest(session, argument, DigestAlgorithm.MD5).hex());
  }

  /// OPTS HASH: shows or chooses the algorithm.
  static void opts(Session session, String argument) throws IOException {
    if (!argument.isEmpty()) {
      String word = argument.toUpperCase(Locale.ROOT);
      session
          .parameters()
          .digest(
              Arrays.stream(DigestAlgorithm.values())
                  .filter(algorithm -> algorithm.word().equals(word))
                  .findFirst()
                  .orElseThrow(() -> new RefusedException(501, "Unknown algorithm.")));
    }
    session.reply(200, session.parameters().digest().word());
  }

  private record Digest(TreePath path, String hex, long length) {}

  private static Digest digest(Session session, String argument, DigestAlgorithm algorithm)
      throws IOException {
    session.require(Right.RETRIEVE);
    TreePath path = session.path(unquoted(argument));
    MessageDigest digest = algorithm.start();
    long length = 0;
    try (OpenFile file = session.account().files().open(path)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      int count = file.channel().read(buffer, length);
      while (count >= 0) {
        length += count;
        if (length % UNWATCHED_BYTES == 0) {
          session.refuseWhenGone();
        }
        digest.update(buffer.flip());
        count = file.channel().read(buffer.clear(), length);
      }
    }
    return new Digest(path, HexFormat.of().formatHex(digest.digest()), length);
  }

  /// Some clients put the path between quotes.
  private static String unquoted(String argument) {
    boolean quoted = argument.length() > 2 && argument.startsWith("\"") && argument.endsWith("\"");
    return quoted ? argument.substring(1, argument.length() - 1) : argument;
  }
}
