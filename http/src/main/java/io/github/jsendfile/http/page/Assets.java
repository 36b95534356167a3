package io.github.jsendfile.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What every page carries within itself: style, script, icons. A page asks for nothing else, and
/// its policy allows nothing else: what stands inline is named by its digest, so that markup that
/// slipped through an escape could still run nothing.
final class Assets {
  static final String STYLE = read("page.css");
  static final String SCRIPT = read("listing.js");
  static final String ICONS = read("icons.svg");

  /// The folder, as the icon of the tab; inside the page, so that no browser asks for another.
  static final String FAVICON =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath"
          + " fill='%233b7ddd' d='M3 7.5A2.5 2.5 0 0 1 5.5 5h3.6c.6 0 1.1.2 1.6.6l1.3 1.1c.3.2.6.3"
          + " 1 .3h5.5A2.5 2.5 0 0 1 21 9.5v7a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5z'/%3E"
          + "%3C/svg%3E";

  /// The `Content-Security-Policy` of every page.
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + digest(STYLE)
          + "'; script-src 'sha256-"
          + digest(SCRIPT)
          + "'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private Assets() {}

  private static String read(String name) {
    try (InputStream resource = Assets.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(name + " is missing beside " + Assets.class.getName());
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
