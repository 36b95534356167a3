package io.github.jsendfile.server.users;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The users of a file that may change.
final class LiveUsers implements Supplier<Users> {
  private static final System.Logger LOG = System.getLogger(LiveUsers.class.getPackageName());
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final LongSupplier nanoClock;
  private volatile Users users;
  private @Nullable Version seen;
  private long lookedAt;

  LiveUsers(Path file, LongSupplier nanoClock) throws IOException {
    this.file = file;
    this.nanoClock = nanoClock;
    this.seen = Version.of(file); // before it is read: a change meanwhile is seen
    this.users = Users.read(file);
    this.lookedAt = nanoClock.getAsLong();
  }

  @Override
  public synchronized Users get() {
    long now = nanoClock.getAsLong();
    if (now - lookedAt >= INTERVAL_NANOS) {
      lookedAt = now;
      look();
    }
    return users;
  }

  private void look() {
    try {
      Version version = Version.of(file);
      if (!version.equals(seen)) {
        seen = version;
        users = Users.read(file);
        LOG.log(Level.INFO, "{0} users from {1}", users.all().size(), file);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the users stay as they were: {0}", e.toString());
    }
  }

  private record Version(FileTime lastModified, long size, @Nullable Object key) {
    static Version of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(now.lastModifiedTime(), now.size(), now.fileKey());
    }
  }
}
