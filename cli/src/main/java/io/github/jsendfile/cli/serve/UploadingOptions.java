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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What `jsendfile serve` takes about uploads.
final class UploadingOptions {
  private static final Path OWN_NAME = Path.of("/proc/sys/kernel/hostname");

  final OptionGroup group = new OptionGroup("Uploads:");

  private final Setting<Boolean> upload =
      group.flag(
          "--upload",
          "Take uploads, make folders, delete. Users of --users do what their rights say, over FTP"
              + " without this too. Pages of other sites cannot.");

  private final Setting<Boolean> overwrite =
      group.flag(
          "--overwrite", "Over HTTP, let an upload take the place of a file that has its name.");

  private final Setting<ByteSize> maxUpload =
      group.optional(
          "--max-upload",
          "SIZE",
          ByteSize::parse,
          "Refuse longer files over HTTP; no bound unless told.");

  private final Setting<ByteSize> quota =
      group.optional(
          "--quota",
          "SIZE",
          ByteSize::parse,
          "Refuse uploads over HTTP that would make all files together longer; no bound unless told.");

  private final Setting<ByteSize> userQuota =
      group.optional(
          "--user-quota", "SIZE", ByteSize::parse, "The same for the files in each user's home.");

  private final Setting<List<String>> hostNames =
      group.several(
          "--host-name",
          "NAME",
          "What this server is called besides its addresses, localhost and the machine's name:"
              + " with --upload, requests for other names are refused.");

  void apply(HttpFileServer.Builder server) throws CommandFailure {
    if (!upload.get()) {
      return;
    }
    UploadOptions.Builder options =
        UploadOptions.builder()
            .existing(overwrite.get() ? Existing.REPLACE : Existing.KEEP)
            .hostNames(names());
    try {
      maxUpload.given().ifPresent(size -> options.mostBytes(size.bytes()));
      quota.given().ifPresent(size -> options.quotaBytes(size.bytes()));
      userQuota.given().ifPresent(size -> options.quotaBytesOfUser(size.bytes()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--max-upload, --quota and --user-quota must be 1 byte or more", e);
    }
    server.uploads(options.build());
  }

  /// What others in the network call this machine, too.
  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>(hostNames.get());
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
    return upload.get() ? Rights.READ_WRITE : Rights.READ_ONLY;
  }

  /// Whether everybody may write.
  boolean areOn() {
    return upload.get();
  }

  /// For people.
  ///
  /// @param byRights whether users write over FTP all the same
  /// @param overHttp whether there is HTTP, too
  String summary(boolean byRights, boolean overHttp) {
    if (!upload.get() && byRights) {
      return (overHttp ? "read-only over HTTP, " : "") + "over FTP as users' rights say";
    }
    if (!upload.get()) {
      return "read-only";
    }
    return overwrite.get() ? "uploads, which may overwrite" : "uploads";
  }
}
