package io.github.jsendfile.server.users;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets clients log in, by the same rules whatever the protocol: a failure is answered late, and
/// who fails often is turned away for a time. Thread-safe.
public final class Logins {
  private final Authorizer authorizer;
  private final Duration delay;
  private final @Nullable Bans bans;
  private final Consumer<Boolean> outcomes;

  /// Makes the rules of a server.
  ///
  /// @param authorizer who may log in
  /// @param delay how long a failure waits for its answer
  /// @param bans who is turned away; null for nobody
  /// @param outcomes told of each login whether it was one
  public Logins(
      Authorizer authorizer, Duration delay, @Nullable Bans bans, Consumer<Boolean> outcomes) {
    this.authorizer = requireNonNull(authorizer, "authorizer");
    this.delay = delay;
    this.bans = bans;
    this.outcomes = outcomes;
  }

  /// Whether a client may try.
  ///
  /// @param client its address
  /// @return false while it is banned
  public boolean admit(InetAddress client) {
    return bans == null || !bans.isBanned(client);
  }

  /// Lets somebody in who has said who it is.
  ///
  /// @param name as the client gave it
  /// @param password as the client gave it
  /// @param client its address
  /// @return the account, or empty if name or password are wrong: that is counted, and to be
  ///     answered after a [#pause]
  /// @throws IOException if it cannot be told
  public Optional<Account> login(String name, String password, InetAddress client)
      throws IOException {
    Optional<Account> account = authorizer.login(name, password, client);
    outcomes.accept(account.isPresent());
    if (bans == null) {
      return account;
    }
    if (account.isEmpty()) {
      bans.failed(client);
    } else if (!account.get().isAnonymous()) {
      bans.succeeded(client);
    }
    return account;
  }

  /// Lets somebody in who has not said who it is.
  ///
  /// @param client its address
  /// @return the account of anonymous ones, or empty if there is none
  /// @throws IOException if it cannot be told
  public Optional<Account> anonymous(InetAddress client) throws IOException {
    return authorizer.login(Account.ANONYMOUS, "", client);
  }

  /// Waits before a failure is answered.
  ///
  /// @param failures how many there were: each makes the wait longer
  public void pause(int failures) {
    try {
      Thread.sleep(delay.multipliedBy(failures));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
