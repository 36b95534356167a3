package io.github.jsendfile.ftp.session;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a digest of HASH is made with.
public enum DigestAlgorithm {
  SHA_256("SHA-256"),
  SHA_512("SHA-512"),
  SHA_1("SHA-1"),
  MD5("MD5");

  private final String word;

  DigestAlgorithm(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public MessageDigest start() {
    try {
      return MessageDigest.getInstance(word);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + word, e);
    }
  }

  /// The line of FEAT: the chosen one marked.
  public static String feature(DigestAlgorithm chosen) {
    return Arrays.stream(values())
        .map(algorithm -> algorithm.word + (algorithm == chosen ? "*" : ""))
        .collect(Collectors.joining(";", "HASH ", ""));
  }
}
