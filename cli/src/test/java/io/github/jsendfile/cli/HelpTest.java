package io.github.jsendfile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.transfer.SendCommandTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "send --help",
        "receive -h",
        "doctor --help",
        "serve --help",
        "user --help"
      })
  void helpTeaches(String arguments) {
    Invocation help = Invocation.run(arguments.split(" "));
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: jsendfile", "Examples:", "Exit codes:");
    for (ExitCode code : ExitCode.values()) {
      assertThat(help.out().replaceAll("\\s+", " "))
          .contains(" " + code.value + " " + code.meaning);
    }
    assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 55, 100, 500})
  void fitsAnyTerminal(int columns) {
    Invocation help = Invocation.startOnTerminal(columns, "send", "--help");
    assertThat(help.exitCode()).as(help.err()).isZero();
    assertThat(help.out()).contains("Usage: jsendfile send");
  }

  @Test
  void tellsItsVersion() {
    Invocation version = Invocation.run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).startsWith("jsendfile ").contains("Java 2").hasLineCount(1);
  }

  @Test
  void completesInBashAndZsh() {
    Invocation completion = Invocation.run("generate-completion");
    assertThat(completion.exitCode()).isZero();
    assertThat(completion.out()).contains("complete -F", "--limit-rate", "--until-complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sned x y", "--nonsense", "doctor surplus"})
  void saysInOneLineWhatIsWrong(String arguments) {
    Invocation wrong =
        arguments.isEmpty() ? Invocation.run() : Invocation.run(arguments.split(" "));
    SendCommandTest.assertFailure(wrong, ExitCode.USAGE, "--help)");
  }

  @Test
  void suggestsWhatWasMeant() {
    assertThat(Invocation.run("sned", "x", "y").err())
        .contains("there is no command \"sned\"; send, receive, serve, user, doctor");
    assertThat(Invocation.run("send", "x", "y:1", "--lenght=3").err())
        .contains("did you mean --length?");
    assertThat(Invocation.run("serve", "--max-conections=5").err())
        .contains("did you mean --max-connections?");
    assertThat(Invocation.run("serve", "--xyz").err()).doesNotContain("did you mean");
  }

  @Test
  void theManualShowsTheSameExitCodes() throws IOException {
    String manual = Files.readString(Path.of("../docs/cli.md"));
    for (ExitCode code : ExitCode.values()) {
      assertThat(manual).contains("| " + code.value + " | " + code.meaning + " |");
    }
  }

  @Test
  void doctorProvesWhatItSays() {
    Invocation doctor = Invocation.run("doctor");
    assertThat(doctor.exitCode()).as(doctor.out()).isZero();
    assertThat(doctor.out())
        .containsPattern("channel +[^\\n]*unverified\\n +ok +sends a file: every byte right")
        .containsPattern("copy +[^\\n]*\\n( +ok +[^\\n]*: every byte right[^\\n]*\\n){3}")
        .contains("native")
        .doesNotContain("FAILED");
  }
}
