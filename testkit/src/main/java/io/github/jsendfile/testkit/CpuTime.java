package io.github.jsendfile.testkit;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// CPU time, which tells a wait that parks from one that spins.
public final class CpuTime {
  private CpuTime() {}

  /// What this process has used, all threads together, user and system.
  ///
  /// @return CPU time since the process began
  public static Duration ofProcess() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Duration.ofNanos(system.getProcessCpuTime());
  }

  /// What the calling platform thread has used, user and system.
  ///
  /// @return CPU time since the thread began
  public static Duration ofThisThread() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  /// What another platform thread has used, user and system.
  ///
  /// @param thread a living platform thread
  /// @return CPU time since the thread began
  public static Duration of(Thread thread) {
    long nanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    return Duration.ofNanos(nanos);
  }
}
