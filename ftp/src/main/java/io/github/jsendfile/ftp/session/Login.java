package io.github.jsendfile.ftp.session;

import io.github.jsendfile.server.users.Account;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who a session is: the name it gave, the account it proved. One reply for a wrong name and a
/// wrong password, ever later, and an end after a few (FT-41).
public final class Login {
  private static final System.Logger LOG = System.getLogger(Login.class.getPackageName());

  private final Settings settings;
  private final InetAddress client;
  private String name = "";
  private int failures;
  private volatile @Nullable Account account;

  Login(Settings settings, InetAddress client) {
    this.settings = settings;
    this.client = client;
  }

  /// The name that USER gave; empty before.
  public String name() {
    return name;
  }

  public void name(String newName) {
    name = newName;
  }

  Optional<Account> account() {
    return Optional.ofNullable(account);
  }

  /// Tries a password, and replies.
  public void attempt(Session session, String password) throws IOException {
    Optional<Account> found;
    try {
      found = settings.logins().login(name, password, client);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a login over FTP is refused: {0}", e.getMessage());
      session.reply(530, "Login is not possible: the server cannot tell what is yours.");
      return;
    }
    if (found.isPresent() && !settings.users().enter(found.get().name())) {
      session.reply(421, "Too many sessions of this user.");
      session.quit();
    } else if (found.isPresent()) {
      account = found.get();
      failures = 0;
      settings.events().loggedIn(found.get().name(), client);
      session.setIdleDeadline();
      session.reply(230, "Login successful.");
    } else {
      fail(session);
    }
  }

  private void fail(Session session) throws IOException {
    failures++;
    settings.events().loginFailed(name, client);
    name = "";
    settings.logins().pause(failures);
    if (failures < settings.limits().loginAttempts() && settings.logins().admit(client)) {
      session.reply(530, "Authentication failed.");
    } else {
      session.reply(530, "Authentication failed. Disconnecting.");
      session.quit();
    }
  }

  void logOut() {
    Account before = account;
    account = null;
    name = "";
    failures = 0;
    if (before != null) {
      settings.users().leave(before.name());
      settings.events().loggedOut(before.name(), client);
    }
  }
}
