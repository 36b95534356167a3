import org.jspecify.annotations.NullMarked;

/// The command `jsendfile`. Nothing here is for programs to call.
@NullMarked
module io.github.jsendfile.cli {
  requires io.github.jsendfile;
  requires io.github.jsendfile.ftp;
  requires io.github.jsendfile.http;
  requires io.github.jsendfile.server;
  requires info.picocli;
  requires io.nayuki.qrcodegen;
  requires java.management;
  requires jdk.management;
  requires static org.jspecify;

  opens io.github.jsendfile.cli.doctor to
      info.picocli;
  opens io.github.jsendfile.cli.transfer to
      info.picocli;
  opens io.github.jsendfile.cli.user to
      info.picocli;
}
