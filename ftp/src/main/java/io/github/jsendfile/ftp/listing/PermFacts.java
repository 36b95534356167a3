package io.github.jsendfile.ftp.listing;

import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Right;

/// What an account may do, as the letters of the fact `perm` (RFC 3659 §7.5.5).
public final class PermFacts {
  private PermFacts() {}

  public static FactLine.Permissions of(Account account) {
    StringBuilder file = new StringBuilder();
    StringBuilder directory = new StringBuilder();
    add(account, Right.APPEND, 'a', file);
    add(account, Right.STORE, 'c', directory);
    add(account, Right.DELETE, 'd', file, directory);
    add(account, Right.CHANGE_DIRECTORY, 'e', directory);
    add(account, Right.RENAME, 'f', file, directory);
    add(account, Right.LIST, 'l', directory);
    add(account, Right.MAKE_DIRECTORY, 'm', directory);
    add(account, Right.DELETE, 'p', directory);
    add(account, Right.RETRIEVE, 'r', file);
    add(account, Right.STORE, 'w', file);
    return new FactLine.Permissions(file.toString(), directory.toString());
  }

  private static void add(Account account, Right right, char letter, StringBuilder... facts) {
    if (account.allows(right)) {
      for (StringBuilder fact : facts) {
        fact.append(letter);
      }
    }
  }
}
