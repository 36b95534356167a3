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
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a server shows of a directory, and what it says about it.
final class ServedContent {
  final OptionGroup group = new OptionGroup("What is shown:");

  private final Setting<Boolean> hidden =
      group.flag("--hidden", "Serve files whose name begins with a dot, too.");

  private final Setting<SymbolicLinks> links =
      group.choice(
          "--follow-links",
          "WHERE",
          SymbolicLinks.class,
          "inside",
          "Follow symbolic links inside the directory, everywhere or never; ${DEFAULT-VALUE}"
              + " unless told. With everywhere, a link can show any file of this machine.");

  private final Setting<List<String>> index =
      group.several(
          "--index",
          "NAME",
          "index.html",
          "Send this file for its directory, the first that is there; ${DEFAULT-VALUE} unless told.");

  private final Setting<Boolean> noListing =
      group.flag("--no-listing", "Do not list directories: they are 404.");

  private final Setting<String> cacheControl =
      group.optional(
          "--cache-control",
          "VALUE",
          Function.identity(),
          "What clients are told about keeping files, for example max-age=3600.");

  private final Setting<List<String>> headers =
      group.repeated(
          "--header", "'N: V'", "Add a field to every answer with a file; may be repeated.");

  private final Setting<List<String>> cors =
      group.several(
          "--cors", "ORIGIN", "Let pages of another origin read; * for all. They never write.");

  private final Setting<String> serverHeader =
      group.valued(
          "--server-header",
          "TEXT",
          Function.identity(),
          "JSendfile",
          "What the field Server says; off for no such field.");

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
        .links(links.get())
        .hiddenFiles(hidden.get() ? HiddenFiles.SHOWN : HiddenFiles.ABSENT)
        .build();
  }

  void apply(HttpFileServer.Builder server) throws CommandFailure {
    if (noListing.get()) {
      server.withoutListings();
    }
    try {
      server.indexNames(index.get().stream().filter(name -> !name.isEmpty()).toList());
      server.serverField(serverHeader.get().equals("off") ? "" : serverHeader.get());
      cacheControl.given().ifPresent(value -> server.header("Cache-Control", value));
      cors.get().forEach(server::crossOrigin);
      for (String header : headers.get()) {
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
    parts.add(noListing.get() ? "no listings" : "listings");
    parts.add(hidden.get() ? "hidden files too" : "no hidden files");
    parts.add(
        switch (links.get()) {
          case NEVER -> "no links";
          case INSIDE -> "links inside it only";
          case EVERYWHERE -> "links to everywhere";
        });
    if (!cors.get().isEmpty()) {
      parts.add("pages of " + String.join(", ", cors.get()) + " may read");
    }
    return parts.stream().collect(Collectors.joining(", "));
  }
}
