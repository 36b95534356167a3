package io.github.jsendfile.server.users;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/// Decides who may log in and what is theirs, whatever the protocol. Called on the client's own
/// virtual thread, by many at once: it may wait. Over FTP it is asked once a session, over HTTP
/// with every request, so it should remember.
@FunctionalInterface
public interface Authorizer {
  /// Looks at a name and a password. A wrong name and a wrong password are to take the same time.
  ///
  /// @param user the name that was given; over FTP `anonymous` and `ftp` are names like any other,
  ///     over HTTP a request without a name is one of [Account#ANONYMOUS] with an empty password
  /// @param password what was given with it, perhaps empty
  /// @param client the client's address
  /// @return the account, or empty to refuse
  /// @throws IOException if it cannot be told; that is logged, and answered 500 over HTTP, 530 over
  ///     FTP
  Optional<Account> login(String user, String password, InetAddress client) throws IOException;
}
