package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.Diagnosis;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.LocalFiles;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.HiddenFiles;
import io.github.jsendfile.server.path.SymbolicLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a server shows of a directory, and what it says about it.
final class ServedContent {
  @Option(names = "--hidden", description = "Serve files whose name begins with a dot, too.")
  private boolean hidden;

  @Option(
      names = "--follow-links",
      paramLabel = "WHERE",
      description =
          "Follow symbolic links inside the directory, everywhere or never; ${DEFAULT-VALUE}"
              + " unless told. With everywhere, a link can show any file of this machine.",
      defaultValue = "inside")
  private SymbolicLinks links = SymbolicLinks.INSIDE;

  @Option(
      names = "--index",
      paramLabel = "NAME",
      split = ",",
      description =
          "Send this file for its directory, the first that is there; ${DEFAULT-VALUE} unless told.",
      defaultValue = "index.html")
  private List<String> index = new ArrayList<>();

  @Option(names = "--no-listing", description = "Do not list directories: they are 404.")
  private boolean noListing;

  @Option(
      names = "--cache-control",
      paramLabel = "VALUE",
      description = "What clients are told about keeping files, for example max-age=3600.")
  private @Nullable String cacheControl;

  @Option(
      names = "--header",
      paramLabel = "'N: V'",
      description = "Add a field to every answer with a file; may be repeated.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      split = ",",
      description = "Let pages of another origin read; * for all. They never write.")
  private List<String> cors = new ArrayList<>();

  @Option(
      names = "--server-header",
      paramLabel = "TEXT",
      description = "What the field Server says; off for no such field.",
      defaultValue = "JSendfile")
  private String serverHeader = "";

  /// Opens the directory.
  ///
  /// @throws CommandFailure if there is none
  FileTree open(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      throw LocalFiles.refuse(new NoSuchFileException(directory.toString()));
    }
    if (!Files.isDirectory(directory)) {
      throw LocalFiles.refuse(directory.toString(), "is not a directory; serve the one it is in");
    }
    return FileTree.builder(directory)
        .links(links)
        .hiddenFiles(hidden ? HiddenFiles.SHOWN : HiddenFiles.ABSENT)
        .build();
  }

  void apply(HttpFileServer.Builder server) throws CommandFailure {
    server.indexNames(index);
    if (noListing) {
      server.withoutListings();
    }
    server.serverField(serverHeader.equals("off") ? "" : serverHeader);
    try {
      if (cacheControl != null) {
        server.header("Cache-Control", cacheControl);
      }
      cors.forEach(server::crossOrigin);
      for (String header : headers) {
        add(header, server);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, Diagnosis.oneLine(e), e);
    }
  }

  private static void add(String header, HttpFileServer.Builder server) {
    int colon = header.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "\"" + header + "\" is not a field; write it like 'X-Name: value'");
    }
    server.header(header.substring(0, colon), header.substring(colon + 1).strip());
  }

  /// What is on and off, in one line.
  String summary() {
    List<String> parts = new ArrayList<>();
    parts.add(noListing ? "no listings" : "listings");
    parts.add(hidden ? "hidden files too" : "no hidden files");
    parts.add(
        switch (links) {
          case NEVER -> "no links";
          case INSIDE -> "links inside it only";
          case EVERYWHERE -> "links to everywhere";
        });
    if (!cors.isEmpty()) {
      parts.add("pages of " + String.join(", ", cors) + " may read");
    }
    return parts.stream().collect(Collectors.joining(", "));
  }
}
