package io.github.jsendfile.bench.small;

import io.github.jsendfile.bench.CpuClock;
import io.github.jsendfile.bench.Machine;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Adds to each iteration what it cost in CPU time per operation. The benchmark's thread reports
/// its own through [#senderBegins] and [#senderEnds], since only a thread can ask for its time.
public final class CpuProfiler implements InternalProfiler {
  static final String SENDER = "cpu.sender";
  static final String PROCESS = "cpu.process";
  static final String WAITS = "waits";
  static final String SEGMENTS = "segments";

  private static volatile long senderBegan;
  private static volatile long senderNanos;
  private static volatile long waits;

  private long processNanos;
  private long segments;

  static void senderBegins() {
    senderBegan = CpuClock.senderNanos();
  }

  static void senderEnds(long waitsMeanwhile) {
    senderNanos = CpuClock.senderNanos() - senderBegan;
    waits = waitsMeanwhile;
  }

  @Override
  public String getDescription() {
    return "CPU time per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    processNanos = CpuClock.processNanos();
    segments = Machine.tcpSegmentsSent();
  }

  @Override
  public List<Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long process = CpuClock.processNanos() - processNanos;
    long sent = Machine.tcpSegmentsSent() - segments;
    double operations = result.getMetadata().getAllOps();
    return List.of(
        micros(SENDER, senderNanos / operations),
        micros(PROCESS, process / operations),
        perOperation(WAITS, waits / operations),
        perOperation(SEGMENTS, sent / operations));
  }

  private static Result<?> perOperation(String name, double count) {
    return new ScalarResult(name, count, "/op", AggregationPolicy.AVG);
  }

  private static Result<?> micros(String name, double nanos) {
    return new ScalarResult(name, nanos / 1000, "µs/op", AggregationPolicy.AVG);
  }
}
