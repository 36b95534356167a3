package io.github.jsendfile.http.login;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.DeniedException;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Logins;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/// Has clients say who they are (RFC 9110, 11; RFC 7617) before others answer them. Whoever has no
/// right to something, and has not said who it is, is asked; with `?login` behind any path, too.
public final class LoginService implements Service {
  private static final String LOGIN = "login";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final ResponseFields CHALLENGE =
      ResponseFields.builder()
          .add("WWW-Authenticate", "Basic realm=\"files\", charset=\"UTF-8\"")
          .build();
  private static final ResponseFields LATER =
      ResponseFields.builder().add("Retry-After", "60").build();

  private final Logins logins;
  private final Service next;

  /// Makes the service.
  ///
  /// @param next answers who may ask
  public LoginService(Logins logins, Service next) {
    this.logins = logins;
    this.next = next;
  }

  @Override
  public Optional<Answer> answer(Exchange exchange) throws IOException {
    InetAddress client = exchange.client().remote().getAddress();
    if (!logins.admit(client)) {
      return Optional.of(Answer.of(TOO_MANY_REQUESTS, LATER).last());
    }
    String field = exchange.head().fields().value(HttpHeader.AUTHORIZATION);
    Optional<Account> account = field == null ? logins.anonymous(client) : proved(field, client);
    if (account.isEmpty() || (account.get().isAnonymous() && wantsToLogIn(exchange))) {
      return challenge();
    }
    exchange.loggedIn(account.get());
    try {
      return next.answer(exchange);
    } catch (DeniedException e) {
      return account.get().isAnonymous() ? challenge() : forbidden();
    }
  }

  private Optional<Account> proved(String field, InetAddress client) throws IOException {
    Optional<BasicCredentials> given = BasicCredentials.parse(field);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Optional<Account> account = logins.login(given.get().name(), given.get().password(), client);
    if (account.isEmpty()) {
      logins.pause(1);
    }
    return account;
  }

  /// Browsers tell who they are only when they are asked.
  private static boolean wantsToLogIn(Exchange exchange) {
    return LOGIN.equals(exchange.head().target().query());
  }

  private static Optional<Answer> challenge() {
    return Optional.of(Answer.of(UNAUTHORIZED, CHALLENGE));
  }

  private static Optional<Answer> forbidden() {
    return Optional.of(Answer.of(FORBIDDEN, ResponseFields.NONE));
  }
}
