package io.github.jsendfile.mechanism;

import io.github.jsendfile.endpoint.Platform;
import io.github.jsendfile.linux.Descriptors;
import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Has the page cache give up what a transfer has passed of its file, so that a large one does not
/// displace what others need. It never waits: pages that a socket still holds, or that are still to
/// be written out, stay for now and are tried again a step later.
public final class DropBehind {
  /// A call costs a few µs and as much again for each page.
  private static final long STEP_BYTES = 8 << 20;

  /// How much a call may move at most, so that it does not fill the page cache itself.
  public static final long MOST_BYTES = 4 * STEP_BYTES;

  private final Kernel kernel;
  private final Descriptors descriptors;
  private final FileChannel file;
  private final int ownDescriptor;
  private final long from;
  private long step;

  /// Drops a file from `from` on, by `kernel`.
  public DropBehind(
      Kernel kernel, Descriptors descriptors, FileChannel file, int ownDescriptor, long from) {
    this.kernel = kernel;
    this.descriptors = descriptors;
    this.file = file;
    this.ownDescriptor = ownDescriptor;
    this.from = from;
    this.step = from;
  }

  /// Drops a file from `from` on.
  ///
  /// @param ownDescriptor a descriptor of it that stays open, negative if there is none
  /// @return null where the kernel cannot be called, or the file's descriptor cannot be had
  public static @Nullable DropBehind of(@Nullable FileChannel file, int ownDescriptor, long from) {
    Kernel kernel = NativeAccess.here().kernel();
    Descriptors descriptors = NativeAccess.descriptors();
    boolean reachable =
        file != null
            && Platform.isDefaultProvider(file)
            && (ownDescriptor >= 0 || NativeAccess.descriptorsAreShown());
    return kernel == null || descriptors == null || file == null || !reachable
        ? null
        : new DropBehind(kernel, descriptors, file, ownDescriptor, from);
  }

  /// Told how far a file has been sent.
  public void sent(long position) {
    if (position - step >= STEP_BYTES) {
      drop(step);
      step = position;
    }
  }

  /// Told how far a file has been received: what is new begins to be written out.
  public void received(long position) {
    if (position - step >= STEP_BYTES) {
      long before = step;
      call(descriptor -> kernel.beginWriteback(descriptor, before, position - before));
      drop(before);
      step = position;
    }
  }

  /// Drops all that lies before a position and can be dropped.
  public void drop(long position) {
    if (position > from) {
      call(descriptor -> kernel.dropFromCache(descriptor, from, position - from));
    }
  }

  private interface Call {
    int make(int descriptor);
  }

  /// Whatever the kernel has against it, the file stays in the cache, and no harm is done.
  private void call(Call call) {
    if (ownDescriptor >= 0) {
      call.make(ownDescriptor);
      return;
    }
    try (Descriptors.Duplicate duplicate = descriptors.of(file)) {
      if (duplicate != null) {
        call.make(duplicate.number());
      }
    } catch (IOException ignored) { // closed meanwhile: what comes next says so
    }
  }
}
