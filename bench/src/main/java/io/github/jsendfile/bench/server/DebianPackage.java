package io.github.jsendfile.bench.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A program that Debian has a package of, used without being installed, with the libraries it
/// needs: two FTP servers cannot be installed at once, and an installed one is started at once.
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

  /// The command line that runs it, with the libraries that were fetched with it.
  ///
  /// @param arguments what follows the program's name
  /// @return the whole
  /// @throws java.util.NoSuchElementException if it cannot be had
  public List<String> command(String... arguments) {
    Path program =
        path().orElseThrow(() -> new NoSuchElementException("there is no " + name + " here"));
    List<String> command = new ArrayList<>();
    if (program.startsWith(folder())) {
      command.addAll(List.of("env", "LD_LIBRARY_PATH=" + libraries()));
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private String libraries() {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder().resolve("usr/lib"), "*-linux-gnu*")) {
      return String.join(
          ":", StreamSupport.stream(found.spliterator(), false).map(Path::toString).toList());
    } catch (IOException e) {
      return ""; // it brought none
    }
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

  /// What the program says about itself.
  ///
  /// @param question for example `-v`
  /// @return empty if it cannot be had
  public Optional<String> says(String question) {
    return path().isEmpty()
        ? Optional.empty()
        : Programs.version(command(question).toArray(String[]::new));
  }

  private Path folder() {
    return PEERS.resolve(name).toAbsolutePath();
  }

  private void fetch() throws IOException {
    System.out.println("fetching the package " + name + " with apt-get download");
    Files.createDirectories(folder());
    List<String> download = new ArrayList<>(List.of("apt-get", "-q", "download", name));
    download.addAll(needed());
    run(download);
    for (Path archive : archives("*")) {
      run(List.of("dpkg-deb", "-x", archive.toString(), "."));
    }
  }

  /// The packages that installing it would bring too.
  private List<String> needed() throws IOException {
    run(List.of("apt-get", "-qq", "--simulate", "--no-install-recommends", "install", name));
    try (Stream<String> lines = Files.lines(log())) {
      return lines
          .filter(line -> line.startsWith("Inst "))
          .map(line -> line.split(" ", 3)[1])
          .filter(other -> !other.equals(name))
          .toList();
    }
  }

  private Path archive() throws IOException {
    for (Path archive : archives(name)) {
      return archive;
    }
    throw new IOException("there is no " + name + "_*.deb in " + folder());
  }

  private List<Path> archives(String names) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder(), names + "_*.deb")) {
      return StreamSupport.stream(found.spliterator(), false).toList();
    }
  }

  private Path log() {
    return folder().resolve("log");
  }

  private void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + Files.readString(log()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
