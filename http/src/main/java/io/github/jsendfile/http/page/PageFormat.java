package io.github.jsendfile.http.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a page is written as: for people, for programs, for terminals.
public enum PageFormat {
  /// For a browser.
  HTML("text/html; charset=utf-8"),
  /// For a program.
  JSON("application/json"),
  /// For a terminal.
  TEXT("text/plain; charset=utf-8");

  private final String contentType;

  PageFormat(String contentType) {
    this.contentType = contentType;
  }

  /// As in the field `Content-Type`.
  public String contentType() {
    return contentType;
  }

  /// Chooses: `?json` or `?text` says it outright; else the format that `Accept` names with the
  /// highest weight; if it names none, text for curl, which says it accepts everything, and HTML
  /// for the rest of the world.
  ///
  /// @param query of the request
  /// @param accept the field `Accept`, if there is one
  /// @param userAgent the field `User-Agent`, if there is one
  public static PageFormat choose(
      Query query, @Nullable String accept, @Nullable String userAgent) {
    if (query.has("json")) {
      return JSON;
    }
    if (query.has("text")) {
      return TEXT;
    }
    PageFormat named = accept == null ? null : named(accept.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    return userAgent != null && userAgent.startsWith("curl/") ? TEXT : HTML;
  }

  private static @Nullable PageFormat named(String accept) {
    PageFormat best = null;
    double weightOfBest = 0;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      PageFormat format = of(parts[0].trim());
      double weight = weight(parts);
      if (format != null && weight > weightOfBest) {
        best = format;
        weightOfBest = weight;
      }
    }
    return best;
  }

  private static @Nullable PageFormat of(String mediaType) {
    return switch (mediaType) {
      case "text/html", "application/xhtml+xml" -> HTML;
      case "application/json" -> JSON;
      case "text/plain" -> TEXT;
      default -> null;
    };
  }

  /// The parameter `q`; 0 if it is there and no number.
  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=")) {
        return number(parameter.substring(2));
      }
    }
    return 1;
  }

  private static double number(String text) {
    return text.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(text) : 0;
  }
}
