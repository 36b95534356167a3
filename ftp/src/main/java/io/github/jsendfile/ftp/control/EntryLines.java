package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.data.LinesCargo;
import io.github.jsendfile.ftp.listing.Entries;
import io.github.jsendfile.ftp.listing.OneLine;
import io.github.jsendfile.server.files.DirectoryEntry;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Entries as the lines of a list. Closing it closes them.
record EntryLines(Entries entries, Function<DirectoryEntry, String> line)
    implements LinesCargo.Lines {
  @Override
  public @Nullable String next() throws IOException {
    DirectoryEntry entry = entries.next();
    return entry == null ? null : OneLine.of(line.apply(entry));
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
