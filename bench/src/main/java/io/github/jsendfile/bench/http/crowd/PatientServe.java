package io.github.jsendfile.bench.http.crowd;

import io.github.jsendfile.bench.server.Programs;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.util.List;
import java.util.Optional;

/// The command, with little memory, and time limits that leave a crowd alone.
final class PatientServe implements ServerProgram {
  static final int HEAP_MIB = 512;

  @Override
  public String label() {
    return "JSendfile";
  }

  @Override
  public Optional<String> version() {
    return Programs.version("./jsendfile", "--version");
  }

  @Override
  public List<String> command(Site site) {
    return List.of(
        "env",
        "JSENDFILE_OPTS=-Xmx" + HEAP_MIB + "m",
        "./jsendfile",
        "serve",
        site.folder().toString(),
        "--http",
        Integer.toString(site.port()),
        "--max-connections",
        "25000",
        "--idle-timeout",
        "1h",
        "--stall-timeout",
        "1h");
  }
}
