package io.github.jsendfile.http.exchange;

import io.github.jsendfile.http.message.RequestHead;
import org.jspecify.annotations.Nullable;

/// One request: what the client has sent and who it is.
public final class Exchange {
  private final RequestHead head;
  private final RequestBody body;
  private final Client client;
  private @Nullable String user;

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
    return user;
  }

  /// Keeps the name that was proved, for the log too.
  public void provedToBe(String name) {
    user = name;
  }
}
