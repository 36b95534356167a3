package io.github.jsendfile.testkit;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/// Memory of direct buffers, which no heap limit bounds.
public final class DirectMemory {
  private DirectMemory() {}

  /// What all direct buffers of this process hold.
  ///
  /// @return a count of bytes
  public static long usedBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
