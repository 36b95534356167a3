package io.github.jsendfile.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.log.LogFormat;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Bans;
import io.github.jsendfile.server.users.PasswordCheck;
import io.github.jsendfile.server.users.Rights;
import io.github.jsendfile.server.users.UserAuthorizer;
import io.github.jsendfile.server.users.Users;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Spec("HT-43")
@ExtendWith(LeakCheck.class)
@Timeout(30)
class HttpUsersTest {
  private static final String USERS =
      """
      anna:{PLAIN}sésame:elradfmwMT:/
      guest:{PLAIN}guest:elr:/guests
      lister:{PLAIN}l:el:/
      fetcher:{PLAIN}f:r:/
      """;

  @TempDir private Path directory;
  private FileTree files;
  private UserAuthorizer users;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    Path root = Files.createDirectories(directory.resolve("root"));
    Files.writeString(root.resolve("secret.txt"), "all's");
    Files.createDirectories(root.resolve("guests"));
    Files.writeString(root.resolve("guests/hello.txt"), "guests'");
    Files.createSymbolicLink(root.resolve("guests/out"), root.resolve("secret.txt"));
    Path file = Files.writeString(directory.resolve("users"), USERS);
    files = FileTree.of(root);
    users = UserAuthorizer.users(files, PasswordCheck.of(Users.read(file)), FileTree::of);
  }

  @AfterEach
  void end() throws IOException {
    users.close();
    files.close();
  }

  private HttpFileServer.Builder server() {
    return HttpFileServer.builder(files).users(users).loginDelay(Duration.ZERO);
  }

  private static String as(String name, String password) {
    byte[] both = (name + ":" + password).getBytes(UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(both);
  }

  @Test
  void whoDoesNotProveWhoItIsIsAsked() throws IOException {
    try (HttpFileServer server = server().start();
        Wire wire = new Wire(server.port())) {
      for (String line :
          new String[] {
            "X: y",
            as("anna", "wrong"),
            as("nobody", "guest"),
            "Authorization: Bearer x",
            "Authorization: Basic !!!",
            "Authorization: Basic"
          }) {
        Wire.Answer answer = wire.ask("GET", "/secret.txt", line);
        assertThat(answer.status()).as(line).isEqualTo(401);
        assertThat(answer.field("WWW-Authenticate"))
            .isEqualTo("Basic realm=\"files\", charset=\"UTF-8\"");
        assertThat(answer.text()).doesNotContain("all's");
      }
      assertThat(wire.ask("GET", "/none", "X: y").status()).isEqualTo(401);
    }
  }

  @Test
  @Spec({"HT-44", "FT-43"})
  void usersSeeTheirHomesAndAreLogged() throws IOException {
    try (AccessLog log = AccessLog.to(logged, LogFormat.COMMON);
        HttpFileServer server = server().accessLog(log).start();
        Wire wire = new Wire(server.port())) {
      String guest = as("guest", "guest");
      assertThat(wire.ask("GET", "/secret.txt", as("anna", "sésame")).text()).isEqualTo("all's");
      assertThat(wire.ask("GET", "/hello.txt", guest).text()).isEqualTo("guests'");
      assertThat(wire.ask("GET", "/", guest).text()).contains("hello.txt");
      for (String path : new String[] {"/secret.txt", "/out", "/../secret.txt", "/guests/"}) {
        assertThat(wire.ask("GET", path, guest).text()).as(path).doesNotContain("all's");
      }
    }
    assertThat(logged.toString(UTF_8)).contains(" - anna [", "] \"GET /secret.txt", " - guest [");
  }

  @Test
  void rightsAreKept() throws IOException {
    try (HttpFileServer server = server().start();
        Wire wire = new Wire(server.port())) {
      String lister = as("lister", "l");
      assertThat(wire.ask("GET", "/", lister).text()).contains("secret.txt").doesNotContain("?zip");
      assertThat(wire.ask("GET", "/?zip", lister).text()).doesNotContain("all's");
      assertThat(wire.ask("GET", "/secret.txt", lister).status()).isEqualTo(403);
      assertThat(wire.ask("GET", "/guests", lister).status()).isEqualTo(301);
      String fetcher = as("fetcher", "f");
      assertThat(wire.ask("GET", "/secret.txt", fetcher).text()).isEqualTo("all's");
      assertThat(wire.ask("GET", "/", fetcher).status()).isEqualTo(403);
    }
  }

  @Test
  void anonymousOnesAreAskedForWhatTheyMayNot() throws IOException {
    UserAuthorizer both = users.andAnonymous(new Rights("el"));
    try (HttpFileServer server = server().users(both).start();
        Wire wire = new Wire(server.port())) {
      assertThat(wire.ask("GET", "/").text()).contains("secret.txt");
      assertThat(wire.ask("GET", "/secret.txt").status()).isEqualTo(401);
      assertThat(wire.ask("GET", "/secret.txt", as("anna", "sésame")).status()).isEqualTo(200);
      assertThat(wire.ask("GET", "/?login").status()).isEqualTo(401);
      assertThat(wire.ask("GET", "/?login", as("anna", "sésame")).status()).isEqualTo(200);
    }
  }

  @Test
  void whoGuessesIsBanned() throws IOException {
    Bans bans = Bans.after(2, Duration.ofMinutes(5));
    try (HttpFileServer server = server().bans(bans).start();
        Wire wire = new Wire(server.port())) {
      assertThat(wire.ask("GET", "/", as("anna", "1")).status()).isEqualTo(401);
      assertThat(wire.ask("GET", "/", as("anna", "2")).status()).isEqualTo(401);
      Wire.Answer banned = wire.ask("GET", "/", as("anna", "sésame"));
      assertThat(banned.status()).isEqualTo(429);
      assertThat(banned.field("Retry-After")).isNotEmpty();
      assertThat(wire.hasEnded()).isTrue();
      try (Wire again = new Wire(server.port())) {
        assertThat(again.hear(false).status()).isEqualTo(429);
      }
    }
  }

  @Test
  void aProgramDecidesItself() throws IOException {
    try (HttpFileServer server =
            server()
                .users(
                    (user, _, _) ->
                        user.equals("root")
                            ? Optional.of(new Account(user, files, Rights.READ_ONLY))
                            : Optional.empty())
                .handler((request, reply) -> reply.send(200, request.user().orElse("-")))
                .start();
        Wire wire = new Wire(server.port())) {
      assertThat(wire.ask("GET", "/", as("root", "")).text()).isEqualTo("root");
      assertThat(wire.ask("GET", "/").status()).isEqualTo(401);
    }
  }
}
