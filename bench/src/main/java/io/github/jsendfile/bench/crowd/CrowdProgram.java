package io.github.jsendfile.bench.crowd;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.bench.CpuClock;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.figures.Numbers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The sending process of the stalled crowd; prints [Facts]. Arguments: how many stall, the ports
/// of the stalled and of the answering peer, the file, the stall limit in seconds, how many
/// newcomers a run, how many runs.
final class CrowdProgram {
  /// The library looks at each stalled transfer four times within its limit.
  private static final int LOOKS = 4;

  private static final Duration QUIET_LIMIT = Duration.ofSeconds(20);

  private final int count;
  private final int stalledPort;
  private final Newcomer newcomer;
  private final FileChannel file;
  private final FileSender sender;
  private final List<StalledTransfer> crowd = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Duration stallLimit;
  private final Facts facts = new Facts();

  private CrowdProgram(String[] arguments) throws IOException {
    count = Integer.parseInt(arguments[0]);
    stalledPort = Integer.parseInt(arguments[1]);
    file = FileChannel.open(Path.of(arguments[3]), StandardOpenOption.READ);
    newcomer = new Newcomer(file, Integer.parseInt(arguments[2]), Sending.JSENDFILE);
    stallLimit = Duration.ofSeconds(Integer.parseInt(arguments[4]));
    sender = FileSender.builder().stallTimeout(stallLimit).build();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    CrowdProgram program = new CrowdProgram(arguments);
    program.gather();
    program.measureStall();
    program.measureNewcomers(Integer.parseInt(arguments[5]), Integer.parseInt(arguments[6]));
    program.end();
    System.out.println(program.facts);
  }

  /// Every other channel has been used on a virtual thread before.
  private void gather() throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      crowd.add(StalledTransfer.connect(stalledPort, i % 2 == 1));
    }
    FileRegion region = FileRegion.of(file);
    for (StalledTransfer each : crowd) {
      threads.add(each.start(sender, region));
    }
    long giveUpAt = System.nanoTime() + QUIET_LIMIT.toNanos();
    while (coresOver(250) > 0.02 && System.nanoTime() < giveUpAt) {
      // what they send before they stall is not what we measure
    }
  }

  private static double coresOver(long millis) throws InterruptedException {
    long start = System.nanoTime();
    long cpu = CpuClock.processNanos();
    Thread.sleep(millis);
    return (double) (CpuClock.processNanos() - cpu) / (System.nanoTime() - start);
  }

  private void measureStall() throws IOException, InterruptedException {
    long quarter = stallLimit.toMillis() / LOOKS;
    facts.put("coresAtFirst", coresOver(quarter + quarter / 4)); // a look may be a little late
    facts.put("cores", coresOver(quarter));
    facts.put("rssMiB", residentMiB());
    KernelQueues queues = KernelQueues.to(stalledPort);
    crowd.forEach(each -> each.lookAt(queues));
  }

  private static double residentMiB() {
    String kib = Machine.field("/proc/self/status", "VmRSS").orElseThrow();
    return Double.parseDouble(kib.replace(" kB", "")) / 1024;
  }

  private void measureNewcomers(int newcomers, int runs) throws InterruptedException {
    double[] best = {};
    double bestP99 = Double.MAX_VALUE;
    for (int run = 0; run < runs; run++) {
      double[] millis = newcomer.serve(newcomers);
      double p99 = Numbers.quantile(millis, 0.99);
      if (p99 < bestP99) {
        best = millis;
        bestP99 = p99;
      }
    }
    facts.put("p50", Numbers.quantile(best, 0.50));
    facts.put("p99", bestP99);
    facts.put("max", Numbers.quantile(best, 1));
    facts.put("rssMiBAfter", residentMiB());
    facts.put("goneTooSoon", crowd.stream().filter(StalledTransfer::isOver).count());
  }

  private void end() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    crowd.stream()
        .filter(each -> !each.endedRight())
        .limit(3)
        .forEach(each -> System.err.println("not as it should be: " + each));
    facts.put("endedRight", crowd.stream().filter(StalledTransfer::endedRight).count());
    facts.put("orphans", orphans());
  }

  /// `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 0`
  private static String orphans() {
    String line = Machine.field("/proc/net/sockstat", "TCP:").orElseThrow();
    return line.replaceFirst(".*orphan (\\d+).*", "$1");
  }
}
