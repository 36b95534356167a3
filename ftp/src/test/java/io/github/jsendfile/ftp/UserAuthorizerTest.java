package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.users.Bans;
import io.github.jsendfile.server.users.PasswordCheck;
import io.github.jsendfile.server.users.Rights;
import io.github.jsendfile.server.users.UserAuthorizer;
import io.github.jsendfile.server.users.Users;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserAuthorizerTest {
  private static final String USERS =
      """
      user:{PLAIN}12345:elradfmwMT:/
      guest:{PLAIN}guest:elr:/guests
      """;

  @TempDir Path directory;

  @Test
  @Spec("FT-40")
  void usersHaveHomesAndRights() throws IOException {
    Path root = Files.createDirectories(directory.resolve("root/guests")).getParent();
    Files.writeString(root.resolve("guests/a"), "a");
    Path file = Files.writeString(directory.resolve("users"), USERS);
    try (FileTree files = FileTree.of(root);
        UserAuthorizer users =
            UserAuthorizer.users(files, PasswordCheck.of(Users.read(file)), FileTree::of)
                .andAnonymous(new Rights("el"));
        FtpServer server = FtpServer.builder(users).loginDelay(Duration.ZERO).start()) {
      try (Dialogue user = Dialogue.loggedIn(server, "user", "12345")) {
        assertThat(user.list("NLST")).isEqualTo("guests\r\n");
        assertThat(user.say("MKD d")).startsWith("257 ");
      }
      try (Dialogue guest = Dialogue.loggedIn(server, "guest", "guest")) {
        assertThat(guest.list("NLST ..")).isEqualTo("a\r\n");
        assertThat(guest.say("DELE a")).isEqualTo("550 Not enough privileges.");
      }
      try (Dialogue anonymous = Dialogue.loggedIn(server, "anonymous", "me@example.org")) {
        assertThat(anonymous.say("RETR guests/a")).isEqualTo("550 Not enough privileges.");
      }
      try (Dialogue stranger = Dialogue.greeted(server)) {
        stranger.say("USER AnonYmous");
        assertThat(stranger.say("PASS x")).startsWith("530 ");
      }
    }
  }

  @Test
  @Spec("FT-40")
  void aUserWithoutAHomeIsTold() throws IOException {
    Path file = Files.writeString(directory.resolve("users"), USERS);
    try (FileTree files = FileTree.of(directory);
        UserAuthorizer users =
            UserAuthorizer.users(files, PasswordCheck.of(Users.read(file)), FileTree::of);
        FtpServer server = FtpServer.builder(users).loginDelay(Duration.ZERO).start();
        Dialogue guest = Dialogue.greeted(server)) {
      guest.say("USER guest");
      assertThat(guest.say("PASS guest")).startsWith("530 Login is not possible");
      Files.createDirectory(directory.resolve("guests"));
      assertThat(guest.say("PASS guest")).startsWith("230 ");
    }
  }

  @Test
  @Spec("FT-41")
  void whoGuessesIsBanned() throws IOException {
    try (FileTree files = FileTree.of(directory);
        UserAuthorizer anybody = UserAuthorizer.anonymous(files, Rights.READ_ONLY);
        FtpServer server =
            FtpServer.builder(anybody)
                .loginDelay(Duration.ZERO)
                .bans(Bans.after(2, Duration.ofMinutes(5)))
                .start()) {
      try (Dialogue client = Dialogue.greeted(server)) {
        client.say("USER root");
        assertThat(client.say("PASS a")).isEqualTo("530 Authentication failed.");
        client.say("USER root");
        assertThat(client.say("PASS b")).endsWith("Disconnecting.");
        assertThat(client.isAtEnd()).isTrue();
      }
      try (Dialogue client = Dialogue.connect(server)) {
        assertThat(client.reply()).isEqualTo("421 Not now.");
      }
    }
  }
}
