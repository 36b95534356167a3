package io.github.jsendfile.ftp.control;

import io.github.jsendfile.server.files.OpenFile;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/// Digests of files: HASH (draft-bryan-ftp-hash) and what clients used before it.
final class DigestCommands {
  private static final int BUFFER_BYTES = 128 * 1024;

  private DigestCommands() {}

  /// What a digest is made with.
  enum Algorithm {
    SHA_256("SHA-256"),
    SHA_512("SHA-512"),
    SHA_1("SHA-1"),
    MD5("MD5");

    private final String word;

    Algorithm(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    MessageDigest start() {
      try {
        return MessageDigest.getInstance(word);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + word, e);
      }
    }

    /// The line of FEAT: the chosen one marked.
    static String feature(Algorithm chosen) {
      return Arrays.stream(values())
          .map(algorithm -> algorithm.word + (algorithm == chosen ? "*" : ""))
          .collect(Collectors.joining(";", "HASH ", ""));
    }
  }

  static void hash(Session session, String argument) throws IOException {
    Algorithm algorithm = session.parameters().digest();
    Digest digest = digest(session, argument, algorithm);
    session.reply(
        213, algorithm.word() + " 0-" + digest.length() + " " + digest.hex() + " " + digest.path());
  }

  static void xsha256(Session session, String argument) throws IOException {
    session.reply(250, digest(session, argument, Algorithm.SHA_256).hex());
  }

  static void xmd5(Session session, String argument) throws IOException {
    session.reply(250, digest(session, argument, Algorithm.MD5).hex());
  }

  /// OPTS HASH: shows or chooses the algorithm.
  static void opts(Session session, String argument) throws IOException {
    if (!argument.isEmpty()) {
      String word = argument.toUpperCase(Locale.ROOT);
      session
          .parameters()
          .digest(
              Arrays.stream(Algorithm.values())
                  .filter(algorithm -> algorithm.word().equals(word))
                  .findFirst()
                  .orElseThrow(() -> new RefusedException(501, "Unknown algorithm.")));
    }
    session.reply(200, session.parameters().digest().word());
  }

  private record Digest(TreePath path, String hex, long length) {}

  private static Digest digest(Session session, String argument, Algorithm algorithm)
      throws IOException {
    session.require(Right.RETRIEVE);
    TreePath path = session.path(unquoted(argument));
    MessageDigest digest = algorithm.start();
    long length = 0;
    try (OpenFile file = session.account().files().open(path)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      int count = file.channel().read(buffer, length);
      while (count >= 0) {
        session.refuseWhenGone();
        length += count;
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
