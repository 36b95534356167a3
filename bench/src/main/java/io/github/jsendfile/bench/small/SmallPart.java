package io.github.jsendfile.bench.small;

import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.peer.Manner;
import io.github.jsendfile.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the JMH benchmarks, each in JVMs of its own.
public final class SmallPart {
  private static final String[] JVM_OPTIONS = {
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED"
  };
  private static final String[] QUICK_SIZES = {"4096", "32768", "65536", "131072", "262144"};

  private final Options options;
  private final Scratch scratch;

  public SmallPart(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// Measures, and returns the text for the report.
  public String run() throws IOException {
    String load = Machine.load();
    Path file = scratch.file("small", Link.FILE_BYTES);
    Placement.ONE_CORE.moveThisProcess(); // and with it the peer and the JVMs that JMH starts
    try (Peer peer = new Peer()) {
      SmallReport report = new SmallReport(load, String.join(" ", JVM_OPTIONS));
      ChainedOptionsBuilder calls = setting(peer, file, CallCost.class);
      if (!options.only().isEmpty()) {
        report.calls(run(chosen(calls)));
        return report.text();
      }
      report.files(run(setting(peer, file, SmallFile.class)));
      report.calls(run(options.quick() ? calls.param("bytes", QUICK_SIZES) : calls));
      report.waits("platform", run(longer(setting(peer, file, WaitCost.class))));
      report.waits("virtual", run(onVirtualThreads(longer(setting(peer, file, WaitCost.class)))));
      return report.text();
    } catch (RunnerException e) {
      throw new IOException(e);
    } finally {
      Placement.ANYWHERE.moveThisProcess();
    }
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder setting) throws RunnerException {
    return new Runner(setting.build()).run();
  }

  /// A few calls only, measured in half the time each.
  private ChainedOptionsBuilder chosen(ChainedOptionsBuilder calls) {
    calls.param("call", options.only().toArray(String[]::new));
    if (!options.sizes().isEmpty()) {
      calls.param("bytes", options.sizes().toArray(String[]::new));
    }
    return calls.measurementTime(TimeValue.milliseconds(500));
  }

  private ChainedOptionsBuilder setting(Peer peer, Path file, Class<?> benchmarks) {
    return new OptionsBuilder()
        .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
        .forks(options.quick() ? 1 : 2)
        .warmupIterations(options.quick() ? 2 : 4)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(options.quick() ? 3 : 5)
        .measurementTime(TimeValue.milliseconds(options.quick() ? 300 : 1000))
        .addProfiler(CpuProfiler.class)
        .shouldFailOnError(true)
        .jvmArgsAppend(
            jvmOptions(
                "-D" + Link.FAST_PORT + "=" + peer.port(Manner.FAST),
                "-D" + Link.ANSWERING_PORT + "=" + peer.port(Manner.ANSWERING),
                "-D" + Link.BURSTS_PORT + "=" + peer.port(Manner.IN_BURSTS),
                "-D" + Link.FILE + "=" + file));
  }

  private static String[] jvmOptions(String... more) {
    String[] all = Arrays.copyOf(JVM_OPTIONS, JVM_OPTIONS.length + more.length);
    System.arraycopy(more, 0, all, JVM_OPTIONS.length, more.length);
    return all;
  }

  /// Its operations take milliseconds, and JVMs want many to warm up.
  private static ChainedOptionsBuilder longer(ChainedOptionsBuilder setting) {
    return setting.warmupTime(TimeValue.seconds(2)).measurementTime(TimeValue.seconds(2));
  }

  /// A plain `transferTo` would spin there, see the stalled crowd.
  private static ChainedOptionsBuilder onVirtualThreads(ChainedOptionsBuilder setting) {
    return setting.exclude("\\.transferTo$").jvmArgsPrepend("-Djmh.executor=VIRTUAL");
  }
}
