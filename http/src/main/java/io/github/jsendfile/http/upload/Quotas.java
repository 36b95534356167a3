package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.server.files.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The quota of the whole, and that of each user's home. For any number of threads.
public final class Quotas {
  /// No bound.
  public static final long UNLIMITED = Long.MAX_VALUE;

  private final List<Quota> ofAll;
  private final long mostBytesOfUser;
  private final Map<FileTree, Quota> ofUsers = new ConcurrentHashMap<>();

  /// Makes them.
  ///
  /// @param tree all of it
  /// @param mostBytes that may be stored in it
  /// @param mostBytesOfUser that may be stored in a user's home
  public Quotas(FileTree tree, long mostBytes, long mostBytesOfUser) {
    this.ofAll =
        mostBytes == UNLIMITED ? List.of() : List.of(new Quota(tree, mostBytes, System::nanoTime));
    this.mostBytesOfUser = mostBytesOfUser;
  }

  /// What one request stores, out of every quota that it counts for.
  Share share(Exchange exchange, FileTree tree) {
    if (mostBytesOfUser == UNLIMITED || exchange.user() == null) {
      return new Share(ofAll);
    }
    List<Quota> both = new ArrayList<>(ofAll);
    both.add(
        ofUsers.computeIfAbsent(tree, home -> new Quota(home, mostBytesOfUser, System::nanoTime)));
    return new Share(both);
  }

  /// Counts anew what is stored.
  void recount() throws IOException {
    for (Quota quota : ofAll) {
      quota.recount();
    }
    for (Quota quota : ofUsers.values()) {
      quota.recount();
    }
  }

  /// What one request has set aside; closing it gives back what was not stored.
  static final class Share implements AutoCloseable {
    private final List<Quota> quotas;
    private long taken;
    private long stored;

    private Share(List<Quota> quotas) {
      this.quotas = quotas;
    }

    /// Sets more bytes aside, before they are received.
    ///
    /// @throws io.github.jsendfile.http.exchange.BodyException with 507 if there are not so many
    void take(long bytes) throws IOException {
      int count = 0;
      try {
        for (Quota quota : quotas) {
          quota.take(bytes);
          count++;
        }
      } finally {
        if (count < quotas.size()) {
          quotas.subList(0, count).forEach(quota -> quota.settle(bytes, 0));
        }
      }
      taken += bytes;
    }

    /// Says that bytes stay.
    void store(long bytes) {
      stored += bytes;
    }

    @Override
    public void close() {
      quotas.forEach(quota -> quota.settle(taken, stored));
    }
  }
}
