package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same dialogues with this server and with pyftpdlib, of which `src/test/python` knows all
/// differences. `-Dftp.dialogues.every=1` holds all 6,600; the build thins them out.
class PyftpdlibTest {
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");
  private static final Path SCRIPT = Path.of("src/test/python/compare.py").toAbsolutePath();
  private static final String EVERY = System.getProperty("ftp.dialogues.every", "20");

  @TempDir Path root;
  @TempDir Path here;

  @Test
  @Spec({"FT-10", "FT-8", "FT-1", "FT-28"})
  void answersTheSame() throws IOException {
    Judge judge = new Judge(here);
    String python = pythonWithPyftpdlib(judge);
    try (FtpFixture ftp = FtpFixture.over(root)) {
      String port = String.valueOf(ftp.server().port());
      String said = judge.succeeds(python, "-B", SCRIPT.toString(), port, root.toString(), EVERY);
      assertThat(said).contains(" 0 differences without a reason");
    }
  }

  private static String pythonWithPyftpdlib(Judge judge) throws IOException {
    for (String python : PYTHONS) {
      if ((python.startsWith("/") && !Files.isExecutable(Path.of(python)))) {
        continue;
      }
      if (judge.run(python, "-c", "import pyftpdlib.handlers").exitCode() == 0) {
        return python;
      }
    }
    Assumptions.abort("pyftpdlib is not installed");
    throw new AssertionError();
  }
}
