package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.server.Programs;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The contenders, an entry each. All let `anonymous` store files.
enum FtpServers implements ServerProgram {
  /// As everybody starts it.
  OURS("JSendfile", "./jsendfile", "--version") {
    @Override
    public List<String> command(Site site) {
      String folder = site.folder().toString();
      String port = Integer.toString(site.port());
      return List.of(
          "./jsendfile", "serve", folder, "--ftp", port, "--upload", "--access-log", "off");
    }
  },
  /// A process for each session. It wants to be started by root.
  VSFTPD("vsftpd", "dpkg-query", "-W", "vsftpd") {
    @Override
    public List<String> command(Site site) throws IOException {
      String configuration =
          """
          listen=YES
          listen_address=127.0.0.1
          listen_port=%d
          background=NO
          anonymous_enable=YES
          no_anon_password=YES
          ftp_username=nobody
          anon_root=%s
          anon_world_readable_only=NO
          write_enable=YES
          anon_upload_enable=YES
          anon_other_write_enable=YES
          secure_chroot_dir=%s
          seccomp_sandbox=NO
          isolate=NO
          isolate_network=NO
          """
              .formatted(site.port(), site.folder().toAbsolutePath(), folder(site, "empty"));
      return List.of("vsftpd", write(site, configuration));
    }
  },
  /// A process for each session.
  PROFTPD("ProFTPD", "proftpd", "--version") {
    @Override
    public List<String> command(Site site) throws IOException {
      String configuration =
          """
          ServerType standalone
          DefaultAddress 127.0.0.1
          UseIPv6 off
          Port %d
          PidFile %2$s/pid
          ScoreboardFile %2$s/scoreboard
          SystemLog none
          TransferLog none
          WtmpLog off
          User nobody
          Group nogroup
          RequireValidShell off
          UseReverseDNS off
          AllowOverwrite on
          MaxInstances 1000
          <Anonymous %3$s>
            User nobody
            Group nogroup
            RequireValidShell off
            UserAlias anonymous nobody
          </Anonymous>
          """
              .formatted(
                  site.port(), site.scratch().toAbsolutePath(), site.folder().toAbsolutePath());
      return List.of("proftpd", "-n", "-q", "-c", write(site, configuration));
    }
  },
  /// One process, one thread. Debian's Python has it.
  PYFTPDLIB("pyftpdlib", "dpkg-query", "-W", "python3-pyftpdlib") {
    @Override
    public List<String> command(Site site) {
      String folder = site.folder().toAbsolutePath().toString();
      String port = Integer.toString(site.port());
      return List.of(
          "/usr/bin/python3", "-m", "pyftpdlib", "-i", "127.0.0.1", "-p", port, "-d", folder, "-w");
    }
  };

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
  private final List<String> versionCommand;

  FtpServers(String label, String... versionCommand) {
    this.label = label;
    this.versionCommand = List.of(versionCommand);
  }

  private static String folder(Site site, String name) throws IOException {
    return Files.createDirectories(site.scratch().resolve(name)).toAbsolutePath().toString();
  }

  private static String write(Site site, String configuration) throws IOException {
    Path file = site.scratch().resolve("configuration");
    return Files.writeString(file, configuration).toAbsolutePath().toString();
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Optional<String> version() {
    return Programs.version(versionCommand.toArray(String[]::new))
        .filter(said -> !said.startsWith("dpkg-query:"));
  }
}
