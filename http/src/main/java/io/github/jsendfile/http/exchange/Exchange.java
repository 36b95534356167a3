package io.github.jsendfile.http.exchange;

import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Right;
import org.jspecify.annotations.Nullable;

/// One request: what the client has sent and who it is.
public final class Exchange {
  private final RequestHead head;
  private final RequestBody body;
  private final Client client;
  private @Nullable Account account;

  /// Begins one.
  public Exchange(RequestHead head, RequestBody body, Client client) {
    this.head = head;
    this.body = body;
    this.client = client;
  }

  /// What was asked for.
  public RequestHead head() {
    return head;
  }

  /// What came with it.
  public RequestBody body() {
    return body;
  }

  /// Who asks, by address.
  public Client client() {
    return client;
  }

  /// Who asks, by a name that was proved; null if nobody has asked for a proof.
  public @Nullable String user() {
    return account == null || account.isAnonymous() ? null : account.name();
  }

  /// Whose files these are; null on a server that knows no users.
  public @Nullable Account account() {
    return account;
  }

  /// Keeps who has logged in, for the log too.
  public void loggedIn(Account as) {
    account = as;
  }

  /// Whether whoever asks may do something. On a server that knows no users everybody may do what
  /// the server does at all.
  public boolean allows(Right right) {
    return account == null || account.allows(right);
  }

  /// Goes on only if whoever asks may do something.
  ///
  /// @throws DeniedException if not; the client learns it as 403, or, not logged in yet, as 401
  public void require(Right right) throws DeniedException {
    if (!allows(right)) {
      throw new DeniedException(right);
    }
  }
}
