package io.github.jsendfile.http.page;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The picture beside a name; its constant, in small letters, is the symbol of `icons.svg`.
enum Icon {
  FOLDER,
  FILE,
  IMAGE("jpg jpeg png gif webp avif svg bmp ico tif tiff heic heif raw psd"),
  VIDEO("mp4 m4v mkv webm mov avi mpg mpeg ogv wmv flv 3gp"),
  AUDIO("mp3 m4a flac wav ogg oga opus aac wma aiff mid midi"),
  ARCHIVE("zip tar gz tgz bz2 xz zst br 7z rar jar war deb rpm iso dmg img lz4 lzma cab apk"),
  CODE(
      "java kt scala js mjs ts tsx jsx py rb go rs c h cc cpp hpp cs swift sh bash zsh ps1 sql html"
          + " htm css scss json xml yaml yml toml properties gradle lua pl php wasm class"),
  DOCUMENT("pdf txt md rst doc docx odt rtf tex xls xlsx ods csv ppt pptx odp epub mobi log");

  private static final Map<String, Icon> BY_EXTENSION = new HashMap<>();

  static {
    for (Icon icon : values()) {
      for (String extension : icon.extensions.split(" ", -1)) {
        BY_EXTENSION.put(extension, icon);
      }
    }
  }

  private final String extensions;

  Icon() {
    this("");
  }

  Icon(String extensions) {
    this.extensions = extensions;
  }

  static Icon of(Entry entry) {
    if (entry.folder()) {
      return FOLDER;
    }
    int dot = entry.name().lastIndexOf('.');
    String extension = entry.name().substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot < 0 ? FILE : BY_EXTENSION.getOrDefault(extension, FILE);
  }

  /// Its symbol, and the class that colours it.
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
