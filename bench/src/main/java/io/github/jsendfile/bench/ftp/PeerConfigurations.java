package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;

/// What other servers are told: the folder for `anonymous`, to read and to write, by `sendfile`
/// where they have it; no logs, no limits, no name look-ups, no delays.
final class PeerConfigurations {
  private PeerConfigurations() {}

  /// The user has to have a home that exists, and the sandbox does not know the calls of newer C
  /// libraries.
  static String vsftpd(Site site) throws IOException {
    return """
    listen=YES
    listen_address=127.0.0.1
    listen_port=%d
    background=NO
    anonymous_enable=YES
    no_anon_password=YES
    ftp_username=daemon
    anon_root=%s
    anon_world_readable_only=NO
    write_enable=YES
    anon_upload_enable=YES
    anon_other_write_enable=YES
    use_sendfile=YES
    xferlog_enable=NO
    max_clients=0
    max_per_ip=0
    secure_chroot_dir=%s
    seccomp_sandbox=NO
    isolate=NO
    isolate_network=NO
    """
        .formatted(
            site.port(),
            site.folder().toAbsolutePath(),
            Files.createDirectories(site.scratch().resolve("empty")).toAbsolutePath());
  }

  /// Without the list of users that Debian lets nobody log in as: `nobody` is one of them.
  static String proftpd(Site site) {
    return """
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
    UseFtpUsers off
    DelayEngine off
    UseReverseDNS off
    UseSendfile on
    AllowOverwrite on
    MaxInstances none
    <Anonymous %3$s>
      User nobody
      Group nogroup
      RequireValidShell off
      UserAlias anonymous nobody
    </Anonymous>
    """
        .formatted(site.port(), site.scratch().toAbsolutePath(), site.folder().toAbsolutePath());
  }

  /// A program: as a command it logs, and takes 512 connections at most.
  static String pyftpdlib(Site site) {
    return """
    import logging
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import FTPServer

    logging.basicConfig(level=logging.ERROR)
    FTPHandler.authorizer = DummyAuthorizer()
    FTPHandler.authorizer.add_anonymous("%s", perm="elradfmwMT")
    FTPHandler.use_sendfile = True
    server = FTPServer(("127.0.0.1", %d), FTPHandler)
    server.max_cons = 0
    server.serve_forever()
    """
        .formatted(site.folder().toAbsolutePath(), site.port());
  }
}
