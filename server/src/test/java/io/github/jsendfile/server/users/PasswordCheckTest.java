package io.github.jsendfile.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Spec({"HT-48", "HT-43", "FT-40", "FT-41"})
@ExtendWith(LeakCheck.class)
@Timeout(60)
class PasswordCheckTest {
  private static final User ANNA = UsersTest.user("anna", UsersTest.ANNAS_HASH);
  private static final User BERT = UsersTest.user("bert", UsersTest.BERTS_HASH);
  private static final User CARL = UsersTest.user("carl", "{PLAIN}pass phrase");

  private final AtomicLong clock = new AtomicLong();
  private final AtomicReference<Users> users =
      new AtomicReference<>(Users.none().with(ANNA).with(BERT).with(CARL));
  private final PasswordCheck check = new PasswordCheck(users::get, clock::get);

  @Test
  void knowsRightFromWrong() {
    for (int i = 0; i < 2; i++) {
      assertThat(check.check("anna", "sésame ouvre")).contains(ANNA);
      assertThat(check.check("bert", "secret")).contains(BERT);
      assertThat(check.check("carl", "pass phrase")).contains(CARL);
      assertThat(check.check("anna", "secret")).isEmpty();
      assertThat(check.check("anna", "")).isEmpty();
      assertThat(check.check("bert", "secret ")).isEmpty();
      assertThat(check.check("carl", "")).isEmpty();
      assertThat(check.check("", "")).isEmpty();
      assertThat(check.check("nobody", "secret")).isEmpty();
      assertThat(check.check("ANNA", "sésame ouvre")).isEmpty();
      assertThat(check.check("bert", "x".repeat(100_000))).isEmpty();
    }
    assertThat(check.remembered()).isEqualTo(3);
  }

  @Test
  void whatWasRightIsRememberedForFiveMinutes() {
    check.check("anna", "sésame ouvre");
    clock.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
    assertThat(check.remembered()).isEqualTo(1);
    clock.addAndGet(1);
    assertThat(check.remembered()).isZero();
    assertThat(check.check("anna", "sésame ouvre")).contains(ANNA);
  }

  @Test
  void whatIsRememberedCostsNothing() {
    User slow =
        new User("slow", Passwords.hash("pass"), Rights.READ_ONLY, TreePath.ROOT); // 100 ms each
    users.set(Users.none().with(slow));
    assertThat(check.check("slow", "pass")).contains(slow);
    for (int i = 0; i < 10_000; i++) { // a quarter of an hour, were they checked
      assertThat(check.check("slow", "pass")).contains(slow);
    }
  }

  @Test
  void aChangedLineForgetsThePassword() {
    assertThat(check.check("anna", "sésame ouvre")).contains(ANNA);
    users.set(users.get().with(UsersTest.user("anna", UsersTest.BERTS_HASH)));
    assertThat(check.check("anna", "sésame ouvre")).isEmpty();
    assertThat(check.check("anna", "secret")).isPresent();
    users.set(users.get().without("anna"));
    assertThat(check.check("anna", "secret")).isEmpty();
    users.set(
        users.get().with(new User("bert", BERT.passwordHash(), new Rights("elrw"), TreePath.ROOT)));
    assertThat(check.check("bert", "secret")).map(User::rights).contains(new Rights("elrw"));
  }

  @Test
  void neverMoreChecksAtOnceThanCores() throws InterruptedException {
    int clients = 40;
    ConcurrentLinkedQueue<Integer> checkers = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      String password = "wrong " + i;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                assertThat(check.check("anna", password)).isEmpty();
                checkers.add(checkerThreads());
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(checkers)
        .hasSize(clients)
        .allMatch(count -> count <= Runtime.getRuntime().availableProcessors());
  }

  private static int checkerThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("password-check-"))
            .count();
  }

  @Test
  void aWrongNameCostsWhatAWrongPasswordDoes() {
    assertThat(Passwords.cost(Passwords.decoy(users.get().cost()))).isEqualTo(11); // the dearest
    Users cheap = Users.none().with(ANNA);
    assertThat(Passwords.cost(Passwords.decoy(cheap.cost()))).isEqualTo(4);
    assertThat(Passwords.isHash(Passwords.decoy(cheap.cost()))).isTrue();
    for (String guess : List.of("", "secret", "x".repeat(72))) {
      assertThat(Passwords.matches(guess, Passwords.decoy(4))).isFalse();
    }
  }

  @Test
  void hashesAreSaltedAndOfOnePassword() {
    String hash = Passwords.hash("pass");
    assertThat(hash).startsWith("$2b$11$").isNotEqualTo(Passwords.hash("pass"));
    assertThat(Passwords.matches("pass", hash)).isTrue();
    assertThat(Passwords.matches("Pass", hash)).isFalse();
  }

  @Test
  void refusesAPasswordThatWouldBeCut() {
    assertThat(Passwords.hash("x".repeat(72))).startsWith("$2b$");
    assertThatThrownBy(() -> Passwords.hash("x".repeat(73)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a password has 1 to 72 bytes; this one has 73");
    assertThatThrownBy(() -> Passwords.hash("")).hasMessageContaining("1 to 72 bytes");
  }
}
