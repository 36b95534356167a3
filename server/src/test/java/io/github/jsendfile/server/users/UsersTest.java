package io.github.jsendfile.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec({"FT-40", "HT-43"})
class UsersTest {
  /// Made by `htpasswd -nbBC 4`: "sésame ouvre" and "secret".
  static final String ANNAS_HASH = "$2y$04$HxdEzEisWO1UY.ta1WWWJOc/WUXs7CBjIsg4.SaV.4o.Es51bJ6/y";

  static final String BERTS_HASH = "$2y$04$xLHQHv1gbU6Jnk/MKLZLX.G0QDQL6WMlrfIVkMTAqqJdiBpGUUqgC";

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("users");
  }

  static User user(String name, String hash) {
    return new User(name, hash, Rights.READ_ONLY, TreePath.ROOT);
  }

  @Test
  void readsNamesHashesRightsAndHomes() throws IOException {
    Files.writeString(
        file,
        """
        # who may log in
        anna:%s:elradfmwMT:/anna
        bert:%s

        carl:{PLAIN}pass phrase:elr:/home/c:d/../carl
        """
            .formatted(ANNAS_HASH, BERTS_HASH));
    assertThat(Users.read(file).all())
        .containsExactly(
            new User("anna", ANNAS_HASH, Rights.READ_WRITE, TreePath.parse("/anna")),
            user("bert", BERTS_HASH),
            new User(
                "carl", "{PLAIN}pass phrase", new Rights("elr"), TreePath.parse("/home/carl")));
  }

  @ParameterizedTest
  @CsvSource({
    "anna, not name:hash:rights:home",
    "anna:secret, the password of anna is no bcrypt hash",
    "anna:$1$abc$def, the password of anna is no bcrypt hash",
    "anna:{PLAIN}, the password of anna is no bcrypt hash",
    ":{PLAIN}x, a user's name is not empty",
    "anna:{PLAIN}x:elx, there is no right \"x\"",
  })
  void saysWhichLineIsWrong(String line, String message) throws IOException {
    Files.writeString(file, "# users\n" + line + "\n");
    assertThatThrownBy(() -> Users.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ", line 2: " + message);
  }

  @Test
  void refusesTwoOfOneName() throws IOException {
    Files.writeString(file, "anna:{PLAIN}x\nanna:{PLAIN}y\n");
    assertThatThrownBy(() -> Users.read(file)).hasMessageEndingWith("two users named anna");
  }

  @Test
  void writesWhatItReadAndChanged() throws IOException {
    Files.writeString(file, "# the boss\nanna:{PLAIN}x\n\nbert:{PLAIN}y:elr\n");
    Users.read(file)
        .with(new User("anna", ANNAS_HASH, new Rights("elr"), TreePath.parse("a")))
        .with(user("carl", BERTS_HASH))
        .without("bert")
        .write(file);
    assertThat(file)
        .hasContent(
            "# the boss\nanna:%s:elr:/a\n\ncarl:%s:elr:/".formatted(ANNAS_HASH, BERTS_HASH));
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void keepsTheFileFromOthers() throws IOException {
    Users.none().with(user("anna", ANNAS_HASH)).write(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Users.none().write(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void seesChangesWithinASecondAndSurvivesMistakes() throws IOException {
    AtomicLong clock = new AtomicLong();
    Files.writeString(file, "anna:{PLAIN}x\n");
    LiveUsers live = new LiveUsers(file, clock::get);
    replace("anna:{PLAIN}x\nbert:{PLAIN}y\n", 1);
    assertThat(live.get().all()).hasSize(1);
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(live.get().all()).hasSize(2);
    for (String mistake : List.of("bert", "anna:x:y:z")) {
      replace(mistake, 2);
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(live.get().all()).hasSize(2);
    }
    Files.delete(file);
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(live.get().all()).hasSize(2);
  }

  private void replace(String content, int age) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(age * 1_000L));
  }

  @Test
  void aUserDoesNotShowItsHash() {
    assertThat(user("anna", ANNAS_HASH)).hasToString("anna (elr in /)");
  }

  @Test
  void allowsWhatTheLettersSay() {
    for (Right right : Right.values()) {
      assertThat(Rights.READ_WRITE.allow(right)).isTrue();
    }
    assertThat(Rights.READ_ONLY.allow(Right.STORE)).isFalse();
    assertThat(Rights.READ_ONLY.allow(Right.RETRIEVE)).isTrue();
    assertThatThrownBy(() -> new Rights("elrx")).hasMessageContaining("there is no right \"x\"");
  }
}
