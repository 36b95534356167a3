package io.github.jsendfile.http.page;

import io.github.jsendfile.http.exchange.Exchange;

/// What whoever asks may do.
@FunctionalInterface
public interface FolderAbilities {
  /// What the page offers to whoever asks.
  Abilities of(Exchange exchange);
}
