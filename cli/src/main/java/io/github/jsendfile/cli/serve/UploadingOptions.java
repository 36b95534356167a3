package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.argument.ByteSize;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.http.HttpFileServer;
import io.github.jsendfile.http.UploadOptions;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.users.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `jsendfile serve` takes about uploads.
final class UploadingOptions {
  private static final Path OWN_NAME = Path.of("/proc/sys/kernel/hostname");

  @Option(
      names = "--upload",
      description =
          "Take uploads, make folders, delete. Users of --users do what their rights say, over FTP"
              + " without this too. Pages of other sites cannot.")
  private boolean upload;

  @Option(
      names = "--overwrite",
      description = "Over HTTP, let an upload take the place of a file that has its name.")
  private boolean overwrite;

  @Option(
      names = "--max-upload",
      paramLabel = "SIZE",
      description = "Refuse longer files over HTTP; no bound unless told.")
  private @Nullable ByteSize maxUpload;

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      description =
          "Refuse uploads over HTTP that would make all files together longer; no bound unless told.")
  private @Nullable ByteSize quota;

  @Option(
      names = "--user-quota",
      paramLabel = "SIZE",
      description = "The same for the files in each user's home.")
  private @Nullable ByteSize userQuota;

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      split = ",",
      description =
          "What this server is called besides its addresses, localhost and the machine's name:"
              + " with --upload, requests for other names are refused.")
  private List<String> hostNames = new ArrayList<>();

  void apply(HttpFileServer.Builder server) throws CommandFailure {
    if (!upload) {
      return;
    }
    UploadOptions.Builder options =
        UploadOptions.builder()
            .existing(overwrite ? Existing.REPLACE : Existing.KEEP)
            .hostNames(names());
    try {
      if (maxUpload != null) {
        options.mostBytes(maxUpload.bytes());
      }
      if (quota != null) {
        options.quotaBytes(quota.bytes());
      }
      if (userQuota != null) {
        options.quotaBytesOfUser(userQuota.bytes());
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--max-upload, --quota and --user-quota must be 1 byte or more", e);
    }
    server.uploads(options.build());
  }

  /// What others in the network call this machine, too.
  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>(hostNames);
    try {
      String own = Files.readString(OWN_NAME).strip();
      if (!own.isEmpty()) {
        names.add(own);
        names.add(own + ".local");
      }
    } catch (IOException e) {
      // another system: its name is to be given
    }
    return names;
  }

  /// Of whoever has no account.
  Rights rights() {
    return upload ? Rights.READ_WRITE : Rights.READ_ONLY;
  }

  /// For people.
  String summary() {
    if (!upload) {
      return "read-only";
    }
    return overwrite ? "uploads, which may overwrite" : "uploads";
  }
}
