import org.jspecify.annotations.NullMarked;

/// The FTP server.
@NullMarked
module io.github.jsendfile.ftp {
  requires transitive io.github.jsendfile.server;
  requires static transitive org.jspecify;

  exports io.github.jsendfile.ftp;
}
