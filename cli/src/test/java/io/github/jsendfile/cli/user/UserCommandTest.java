package io.github.jsendfile.cli.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.cli.Invocation;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.transfer.SendCommandTest;
import io.github.jsendfile.server.users.PasswordCheck;
import io.github.jsendfile.server.users.Rights;
import io.github.jsendfile.server.users.User;
import io.github.jsendfile.server.users.Users;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UserCommandTest {
  @TempDir private Path directory;

  private static Invocation run(String in, String... arguments) {
    Invocation invocation =
        Invocation.startWithInput(new ByteArrayInputStream(in.getBytes(UTF_8)), arguments);
    invocation.exitCode();
    return invocation;
  }

  private String file() {
    return directory.resolve("users").toString();
  }

  @Test
  void keepsAFileOfUsers() throws IOException {
    Invocation added =
        run("12345\nmore", "user", "add", file(), "user", "--rights", "all", "--home=/home");
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(run("pw", "user", "add", file(), "anna").exitCode()).isZero();
    Path path = Path.of(file());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(path)).doesNotContain("12345", "PLAIN");
    assertThat(PasswordCheck.of(Users.read(path)).check("user", "12345"))
        .map(User::rights)
        .contains(Rights.READ_WRITE);
    assertThat(run("", "user", "list", file()).out())
        .isEqualTo("user\telradfmwMT\t/home\nanna\telr\t/\n");
    assertThat(run("new\r\n", "user", "passwd", file(), "user").exitCode()).isZero();
    assertThat(PasswordCheck.of(Users.read(path)).check("user", "new"))
        .map(user -> user.home().toString())
        .contains("/home");
    assertThat(run("", "user", "remove", file(), "user").exitCode()).isZero();
    assertThat(run("", "user", "list", file()).out()).isEqualTo("anna\telr\t/\n");
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(path);
    }
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Files.writeString(Path.of(file()), "anna:{PLAIN}x\n");
    SendCommandTest.assertFailure(
        run("x", "user", "add", file(), "anna"), ExitCode.USAGE, "has a user anna");
    SendCommandTest.assertFailure(
        run("x", "user", "add", file(), "a:b"), ExitCode.USAGE, "has no colon");
    SendCommandTest.assertFailure(
        run("x", "user", "add", file(), "bert", "--rights=elx"), ExitCode.USAGE, "no right \"x\"");
    SendCommandTest.assertFailure(
        run("", "user", "add", file(), "bert"), ExitCode.USAGE, "a password has 1 to 72 bytes");
    SendCommandTest.assertFailure(
        run("x", "user", "passwd", file(), "bert"), ExitCode.USAGE, "no user named bert");
    SendCommandTest.assertFailure(
        run("", "user", "remove", file(), "bert"), ExitCode.USAGE, "no user named bert");
    SendCommandTest.assertFailure(
        run("", "user", "list", file() + "x"), ExitCode.LOCAL_FILE, "no such file");
    SendCommandTest.assertFailure(
        run("x", "user", "add", directory + "/none/users", "a"),
        ExitCode.LOCAL_FILE,
        "there is no directory");
    SendCommandTest.assertFailure(run("", "user"), ExitCode.USAGE, "add, passwd, list or remove");
    Files.writeString(Path.of(file()), "nonsense\n");
    SendCommandTest.assertFailure(
        run("", "user", "list", file()), ExitCode.LOCAL_FILE, "line 1: not name:hash:rights:home");
    Files.write(Path.of(file()), new byte[] {(byte) 0xff, '\n'});
    SendCommandTest.assertFailure(
        run("", "user", "list", file()), ExitCode.LOCAL_FILE, "it is not UTF-8");
  }
}
