package io.github.jsendfile.http.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.eclipse.jetty.http.MimeTypes;

/// The media types of files, by what stands behind a dot in their names. Immutable.
///
/// Jetty's table, corrected where browsers or IANA's register have moved on
/// (`media-types.properties`). Types of text come with `charset=utf-8`.
public final class MediaTypes {
  /// What is unknown.
  public static final String UNKNOWN = "application/octet-stream";

  private static final MediaTypes STANDARD = new MediaTypes(standardTypes());

  private final Map<String, String> types;

  private MediaTypes(Map<String, String> types) {
    this.types = Map.copyOf(types);
  }

  /// The usual ones.
  public static MediaTypes standard() {
    return STANDARD;
  }

  /// These with others in their place or besides.
  ///
  /// @param overrides a type for each extension, written with or without a dot before it; the
  ///     type is used as it is if it has parameters
  public MediaTypes with(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(types);
    overrides.forEach((extension, type) -> all.put(key(extension), withCharset(type)));
    return new MediaTypes(all);
  }

  /// The type of a file, with its charset.
  ///
  /// @param fileName of which the longest extension counts that has a type (`tar.gz` before `gz`)
  public String of(String fileName) {
    int dot = fileName.indexOf('.');
    while (dot >= 0) {
      String type = types.get(key(fileName.substring(dot)));
      if (type != null) {
        return type;
      }
      dot = fileName.indexOf('.', dot + 1);
    }
    return UNKNOWN;
  }

  private static String key(String extension) {
    return (extension.startsWith(".") ? extension.substring(1) : extension)
        .toLowerCase(Locale.ROOT);
  }

  private static String withCharset(String type) {
    return type.startsWith("text/") && type.indexOf(';') < 0 ? type + "; charset=utf-8" : type;
  }

  private static Map<String, String> standardTypes() {
    Map<String, String> types = new HashMap<>();
    MimeTypes.DEFAULTS.getMimeMap().forEach((k, v) -> types.put(key(k), withCharset(v)));
    Properties own = new Properties();
    try (InputStream file = MediaTypes.class.getResourceAsStream("media-types.properties")) {
      own.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table of media types", e);
    }
    for (String type : own.stringPropertyNames()) {
      for (String extension : own.getProperty(type).split(" ", -1)) {
        types.put(extension, withCharset(type));
      }
    }
    return types;
  }
}
