package io.github.jsendfile.http.page;

import io.github.jsendfile.http.message.ResponseFields;

/// The fields of every page, besides those that frame it.
public final class PageFields {
  private static final ResponseFields HTML =
      plain(PageFormat.HTML).toBuilder()
          .add("Content-Security-Policy", Assets.POLICY)
          .add("Referrer-Policy", "same-origin")
          .build();

  private static final ResponseFields JSON = plain(PageFormat.JSON);
  private static final ResponseFields TEXT = plain(PageFormat.TEXT);

  private PageFields() {}

  /// The fields of a page in a format. A page is made anew each time, and which one it is depends
  /// on what the client wants.
  public static ResponseFields of(PageFormat format) {
    return switch (format) {
      case HTML -> HTML;
      case JSON -> JSON;
      case TEXT -> TEXT;
    };
  }

  private static ResponseFields plain(PageFormat format) {
    return ResponseFields.builder()
        .add("Content-Type", format.contentType())
        .add("Cache-Control", "no-cache")
        .add("Vary", "Accept, User-Agent")
        .add("X-Content-Type-Options", "nosniff")
        .build();
  }
}
