package io.github.jsendfile.ftp.listing;

import io.github.jsendfile.server.files.DirectoryEntry;
import io.github.jsendfile.server.files.DirectoryListing;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a list shows: in the order of names while they are few enough to be sorted in bounded
/// memory, otherwise as the file system has them.
public final class Entries implements AutoCloseable {
  private static final int SORTED_MOST = 5_000;

  private final @Nullable DirectoryListing listing;
  private final Deque<DirectoryEntry> ahead;
  private Predicate<DirectoryEntry> condition = entry -> true;

  private Entries(@Nullable DirectoryListing listing, List<DirectoryEntry> ahead) {
    this.listing = listing;
    this.ahead = new ArrayDeque<>(ahead);
  }

  /// One file.
  public static Entries of(DirectoryEntry entry) {
    return new Entries(null, List.of(entry));
  }

  /// The entries of a directory.
  ///
  /// @param listing closed with this
  public static Entries of(DirectoryListing listing) throws IOException {
    List<DirectoryEntry> first = new ArrayList<>();
    DirectoryEntry entry = listing.next();
    while (entry != null) {
      first.add(entry);
      entry = first.size() < SORTED_MOST ? listing.next() : null;
    }
    if (first.size() < SORTED_MOST) {
      first.sort(Comparator.comparing(DirectoryEntry::name));
    }
    return new Entries(listing, first);
  }

  /// Only those that fulfil a condition.
  public Entries where(Predicate<DirectoryEntry> newCondition) {
    condition = newCondition;
    return this;
  }

  /// The next one; null after the last.
  public @Nullable DirectoryEntry next() throws IOException {
    DirectoryEntry entry = any();
    while (entry != null && !condition.test(entry)) {
      entry = any();
    }
    return entry;
  }

  private @Nullable DirectoryEntry any() throws IOException {
    DirectoryEntry entry = ahead.poll();
    return entry != null || listing == null ? entry : listing.next();
  }

  @Override
  public void close() throws IOException {
    if (listing != null) {
      listing.close();
    }
  }
}
