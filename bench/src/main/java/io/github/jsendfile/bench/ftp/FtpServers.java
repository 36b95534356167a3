package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.ftp.peers.MinaPeer;
import io.github.jsendfile.bench.server.DebianPackage;
import io.github.jsendfile.bench.server.Programs;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.impl.DefaultFtpServer;

/// The contenders, an entry each. All let `anonymous` store files, none logs.
enum FtpServers implements ServerProgram {
  /// As everybody starts it, but for the log.
  OURS("JSendfile") {
    @Override
    public Optional<String> version() {
      return Programs.version("./jsendfile", "--version");
    }

    @Override
    public List<String> command(Site site) {
      String folder = site.folder().toString();
      String port = Integer.toString(site.port());
      return List.of(
          "./jsendfile", "serve", folder, "--ftp", port, "--upload", "--access-log", "off");
    }
  },
  /// A process for each session, and another to watch over it. It wants to be started by root.
  VSFTPD("vsftpd") {
    @Override
    public Optional<String> version() {
      return Packages.VSFTPD.version();
    }

    @Override
    public List<String> command(Site site) throws IOException {
      return Packages.VSFTPD.command(write(site, PeerConfigurations.vsftpd(site)));
    }
  },
  /// A process for each session.
  PROFTPD("ProFTPD") {
    @Override
    public Optional<String> version() {
      return Packages.PROFTPD.version();
    }

    @Override
    public List<String> command(Site site) throws IOException {
      String file = write(site, PeerConfigurations.proftpd(site));
      return Packages.PROFTPD.command("-n", "-q", "-c", file);
    }
  },
  /// One process, a thread for each transfer.
  MINA("Apache MINA FtpServer") {
    @Override
    public Optional<String> version() {
      return Optional.ofNullable(DefaultFtpServer.class.getPackage().getImplementationVersion());
    }

    @Override
    public List<String> command(Site site) {
      Path folder = site.folder().toAbsolutePath();
      return ChildProcess.java(MinaPeer.class, JVM_OPTIONS, folder, site.port());
    }
  },
  /// One process, one thread. Debian's Python runs it.
  PYFTPDLIB("pyftpdlib") {
    @Override
    public Optional<String> version() {
      return Packages.PYFTPDLIB.version();
    }

    @Override
    public List<String> command(Site site) throws IOException {
      Path modules = Packages.PYFTPDLIB.path().orElseThrow().resolve("../..").normalize();
      String program = write(site, PeerConfigurations.pyftpdlib(site));
      return List.of("env", "PYTHONPATH=" + modules, "/usr/bin/python3", program);
    }
  };

  /// As `./jsendfile` has them.
  static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData");

  private final String label;

  FtpServers(String label) {
    this.label = label;
  }

  private static String write(Site site, String configuration) throws IOException {
    Path file = site.scratch().resolve("configuration");
    return Files.writeString(file, configuration).toAbsolutePath().toString();
  }

  @Override
  public String label() {
    return label;
  }

  private static final class Packages {
    static final DebianPackage VSFTPD = new DebianPackage("vsftpd", "usr/sbin/vsftpd");
    static final DebianPackage PROFTPD = new DebianPackage("proftpd-core", "usr/sbin/proftpd");
    static final DebianPackage PYFTPDLIB =
        new DebianPackage(
            "python3-pyftpdlib", "usr/lib/python3/dist-packages/pyftpdlib/__init__.py");
  }
}
