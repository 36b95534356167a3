package io.github.jsendfile.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/// Decides who may log in and what is theirs. Called on the client's own virtual thread, by many
/// at once: it may wait.
@FunctionalInterface
public interface Authorizer {
  /// Looks at a name and a password. A wrong name and a wrong password are to take the same time.
  ///
  /// @param user what USER named; `anonymous` and `ftp` are names like any other
  /// @param password what PASS gave, perhaps empty
  /// @param client the client's address
  /// @return the account, or empty to refuse
  /// @throws IOException if it cannot be told; the connection ends
  Optional<Account> login(String user, String password, InetAddress client) throws IOException;
}
