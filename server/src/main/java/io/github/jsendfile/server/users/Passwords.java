package io.github.jsendfile.server.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/// Hashes of passwords: costly on purpose, so that a stolen file of users does not tell them.
public final class Passwords {
  /// What bcrypt takes in; the rest of a longer password would not count.
  private static final int MAX_BYTES = 72;

  /// 2^11 rounds: a tenth of a second on this decade's machines.
  static final int COST = 11;

  private static final String PLAIN = "{PLAIN}";
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d)\\$[./A-Za-z0-9]{53}");
  private static final int COST_AT = 4;

  private Passwords() {}

  /// Hashes a password for a file of users.
  ///
  /// @param password 1 to 72 bytes in UTF-8
  /// @return a bcrypt hash
  /// @throws IllegalArgumentException if it is empty or longer
  public static String hash(String password) {
    byte[] bytes = password.getBytes(UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a password has 1 to " + MAX_BYTES + " bytes; this one has " + bytes.length);
    }
    return new String(BCrypt.with(Version.VERSION_2B).hash(COST, bytes), UTF_8);
  }

  static boolean isHash(String text) {
    return isPlain(text) || BCRYPT.matcher(text).matches();
  }

  static boolean isPlain(String hash) {
    return hash.startsWith(PLAIN) && hash.length() > PLAIN.length();
  }

  /// The cost of a bcrypt hash; that of ours for a plain password.
  static int cost(String hash) {
    return isPlain(hash) ? COST : Integer.parseInt(hash.substring(COST_AT, COST_AT + 2));
  }

  /// A hash of nothing, that costs as much to check as others.
  static String decoy(int cost) {
    return "$2b$%02d$%s".formatted(cost, ".".repeat(53));
  }

  /// Whether a password is the one; takes its time.
  static boolean matches(String password, String bcryptHash) {
    return BCrypt.verifyer(null, LongPasswordStrategies.truncate(Version.VERSION_2B))
        .verify(password.getBytes(UTF_8), bcryptHash.getBytes(UTF_8))
        .verified;
  }

  /// Whether a password is the one, in constant time.
  static boolean matchesPlain(String password, String plain) {
    return MessageDigest.isEqual(
        password.getBytes(UTF_8), plain.substring(PLAIN.length()).getBytes(UTF_8));
  }
}
