package io.github.jsendfile.http.upload;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names that are ours. Someone else's name that leads to our address is how a page of theirs
/// becomes "same origin" (DNS rebinding), so it is refused. An address is no name: nobody can make
/// one of theirs lead here. Immutable.
final class OwnHosts {
  private final Set<String> names;

  OwnHosts(Set<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /// Is a request for this host ours to answer?
  ///
  /// @param authority host and port; null where HTTP/1.0 names none, which no browser does
  boolean include(@Nullable String authority) {
    if (authority == null) {
      return true;
    }
    String host = host(authority).toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("[")
        || host.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        || names.contains(host);
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
