package io.github.jsendfile.bench.http;

/// The sizes that are measured.
enum FileSize {
  KIB_1("1 KiB", 1 << 10, 16),
  KIB_16("16 KiB", 16 << 10, 16),
  KIB_64("64 KiB", 64 << 10, 16),
  KIB_128("128 KiB", 128 << 10, 16),
  MIB_1("1 MiB", 1 << 20, 16),
  MIB_10("10 MiB", 10 << 20, 16),
  GIB_1("1 GiB", 1 << 30, 4);

  /// From here on wrk would be what is measured.
  private static final int LARGE_BYTES = 1 << 20;

  private final String label;
  private final int bytes;
  private final int connections;

  FileSize(String label, int bytes, int connections) {
    this.label = label;
    this.bytes = bytes;
    this.connections = connections;
  }

  String label() {
    return label;
  }

  /// The label in one word.
  String word() {
    return label.replace(" ", "");
  }

  int bytes() {
    return bytes;
  }

  int connections() {
    return connections;
  }

  boolean isLarge() {
    return bytes >= LARGE_BYTES;
  }
}
