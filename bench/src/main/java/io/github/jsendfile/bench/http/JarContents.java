package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.figures.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// How large the command is, and whose code that is.
final class JarContents {
  private static final Path JAR = Path.of("cli", "target", "jsendfile.jar");
  private static final Path ARCHIVE = Path.of("cli", "target", "jsendfile.jsa");

  /// Whose a package is, by how it begins.
  private static final Map<String, String> OWNERS = new LinkedHashMap<>();

  static {
    OWNERS.put("io/github/jsendfile/http/", "JSendfile, HTTP");
    OWNERS.put("io/github/jsendfile/ftp/", "JSendfile, FTP");
    OWNERS.put("io/github/jsendfile/server/", "JSendfile, common to servers");
    OWNERS.put("io/github/jsendfile/cli/", "JSendfile, command");
    OWNERS.put("io/github/jsendfile/", "JSendfile, library");
    OWNERS.put("com/github/benmanes/", "Caffeine");
    OWNERS.put("org/eclipse/jetty/", "jetty-http, -io, -util");
    OWNERS.put("tools/jackson/", "Jackson core");
    OWNERS.put("com/fasterxml/", "Jackson core");
    OWNERS.put("io/prometheus/", "Prometheus client");
    OWNERS.put("picocli/", "picocli");
    OWNERS.put("at/favre/", "bcrypt");
    OWNERS.put("io/nayuki/", "QR codes");
    OWNERS.put("org/slf4j/", "SLF4J");
    OWNERS.put("", "all else");
  }

  private JarContents() {}

  /// A section of the page.
  static String text() throws IOException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        sizes.merge(owner(entry.getName()), entry.getCompressedSize(), Long::sum);
      }
    }
    Table table = new Table("in the jar", "KiB, compressed");
    sizes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(each -> table.row(each.getKey(), Long.toString((each.getValue() + 512) / 1024)));
    return "\nThe command is one jar of %s, and an archive of classes of %s that only makes it start sooner.\n\n%s"
        .formatted(mebibytes(JAR), mebibytes(ARCHIVE), table);
  }

  private static String owner(String entry) {
    return OWNERS.entrySet().stream()
        .filter(owner -> entry.startsWith(owner.getKey()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static String mebibytes(Path file) throws IOException {
    return String.format(Locale.ROOT, "%.1f MiB", Files.size(file) / (double) (1 << 20));
  }
}
