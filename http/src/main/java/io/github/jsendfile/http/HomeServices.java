package io.github.jsendfile.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.files.FileService;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.users.Account;
import java.util.function.Function;

/// The services of each home that users have; of the whole, for those who have none.
final class HomeServices {
  /// Making one anew costs next to nothing: open files are kept elsewhere.
  private static final int MOST_KEPT = 1_000;

  private final FileService whole;
  private final LoadingCache<FileTree, FileService> homes;

  HomeServices(FileTree files, Function<FileTree, FileService> services) {
    this.whole = services.apply(files);
    this.homes =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .executor(Runnable::run)
            .build(home -> home == files ? whole : services.apply(home));
  }

  /// What answers with all that is served.
  FileService whole() {
    return whole;
  }

  /// What answers whoever asks.
  FileService of(Exchange exchange) {
    Account account = exchange.account();
    return account == null ? whole : homes.get(account.files());
  }
}
