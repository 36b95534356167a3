package io.github.jsendfile.server.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks names and passwords. A check costs a tenth of a second of a core by design, so what was
/// right is remembered for five minutes, as a digest whose key never leaves the process, and
/// forgotten when the user's line changes. In the whole JVM at most one check per core runs at
/// once, on threads beside those that serve, and the same check that several ask for runs once.
///
/// A wrong name costs and says the same as a wrong password. Thread-safe.
public final class PasswordCheck {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 10_000;
  private static final String DIGEST = "HmacSHA256";
  private static final Executor CHECKERS = checkers();

  private final Supplier<Users> users;
  private final SecretKeySpec key;
  private final Cache<ByteBuffer, Boolean> right;
  private final ConcurrentMap<ByteBuffer, CompletableFuture<Boolean>> running =
      new ConcurrentHashMap<>();

  PasswordCheck(Supplier<Users> users, Ticker ticker) {
    this.users = users;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, DIGEST);
    this.right =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /// Checks against users that do not change.
  ///
  /// @param users who may log in
  /// @return a check
  public static PasswordCheck of(Users users) {
    requireNonNull(users, "users");
    return of(() -> users);
  }

  /// Checks against users that may change: see [Users#live].
  ///
  /// @param users asked at each check
  /// @return a check
  public static PasswordCheck of(Supplier<Users> users) {
    return new PasswordCheck(requireNonNull(users, "users"), Ticker.systemTicker());
  }

  /// Checks a name and a password. Waits for its turn and for the check, on any thread.
  ///
  /// @param name what the client says it is
  /// @param password what it says to prove it
  /// @return the user, or empty if either is wrong
  public Optional<User> check(String name, String password) {
    Users now = users.get();
    User user = now.find(name).orElse(null);
    String hash = user == null ? Passwords.decoy(now.cost()) : user.passwordHash();
    ByteBuffer digest = digest(name, hash, password);
    if (right.getIfPresent(digest) != null) {
      return Optional.ofNullable(user);
    }
    boolean matches = checkOnce(digest, password, hash, now) && user != null;
    if (matches) {
      right.put(digest, true);
    }
    return matches ? Optional.ofNullable(user) : Optional.empty();
  }

  private boolean checkOnce(ByteBuffer digest, String password, String hash, Users now) {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> others = running.putIfAbsent(digest, mine);
    if (others != null) {
      return others.join();
    }
    try {
      CHECKERS.execute(() -> complete(mine, password, hash, now.cost()));
      return mine.join();
    } finally {
      running.remove(digest, mine);
    }
  }

  private static void complete(
      CompletableFuture<Boolean> result, String password, String hash, int cost) {
    try {
      boolean plain = Passwords.isPlain(hash);
      boolean matches = Passwords.matches(password, plain ? Passwords.decoy(cost) : hash);
      result.complete(plain ? Passwords.matchesPlain(password, hash) : matches);
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private ByteBuffer digest(String name, String hash, String password) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(key);
      for (String part : new String[] {name, hash, password}) {
        byte[] bytes = part.getBytes(UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
      }
      return ByteBuffer.wrap(mac.doFinal());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + DIGEST, e);
    }
  }

  /// Threads of the operating system, which shares the cores out between them and the carriers: on
  /// virtual threads as many checks as there are carriers would stop everything else.
  private static Executor checkers() {
    int cores = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            cores,
            cores,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // each client waits for one: bounded by the connections
            Thread.ofPlatform().daemon().name("password-check-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// How many right ones are remembered.
  long remembered() {
    right.cleanUp();
    return right.estimatedSize();
  }
}
