package io.github.jsendfile.bench.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A server that Debian has a package of, used without being installed: two FTP servers cannot be
/// installed at once, and an installed one is started at once.
///
/// @param name the package's
/// @param file one of its files, for example `usr/sbin/vsftpd`
public record DebianPackage(String name, String file) {
  private static final Path PEERS = Path.of("bench", "target", "peers");

  /// The file: this machine's, or else that of the package, which is fetched with `apt-get
  /// download` and unpacked below `bench/target/peers`.
  ///
  /// @return empty if it cannot be had
  public Optional<Path> path() {
    Path installed = Path.of("/", file);
    if (Files.exists(installed)) {
      return Optional.of(installed);
    }
    Path unpacked = folder().resolve(file);
    try {
      if (!Files.exists(unpacked)) {
        fetch();
      }
    } catch (IOException e) {
      System.out.println("cannot fetch the package " + name + ": " + e.getMessage());
    }
    return Files.exists(unpacked) ? Optional.of(unpacked) : Optional.empty();
  }

  /// Debian's version of it.
  ///
  /// @return empty if it cannot be had
  public Optional<String> version() {
    Optional<Path> path = path();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    if (!path.get().startsWith(folder())) {
      return Programs.version("dpkg-query", "-W", name);
    }
    try {
      return Programs.version("dpkg-deb", "-W", archive().toString());
    } catch (IOException e) {
      return Optional.of(name);
    }
  }

  private Path folder() {
    return PEERS.resolve(name).toAbsolutePath();
  }

  private void fetch() throws IOException {
    System.out.println("fetching the package " + name + " with apt-get download");
    Files.createDirectories(folder());
    run("apt-get", "-q", "download", name);
    run("dpkg-deb", "-x", archive().toString(), ".");
  }

  private Path archive() throws IOException {
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder(), "*.deb")) {
      for (Path archive : archives) {
        return archive;
      }
    }
    throw new IOException("there is no *.deb in " + folder());
  }

  private void run(String... command) throws IOException {
    Path log = folder().resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(List.of(command) + ": " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
