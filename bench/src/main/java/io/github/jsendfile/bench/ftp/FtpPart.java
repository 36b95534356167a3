package io.github.jsendfile.bench.ftp;

import io.github.jsendfile.bench.AwakeCores;
import io.github.jsendfile.bench.Machine;
import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Report;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.Measurements;
import io.github.jsendfile.bench.server.RunningServer;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// FTP servers side by side: all run at the same time, and clients ask one after the other.
public final class FtpPart {
  private static final String MEMORY = "MEMORY";
  private static final String UPLOADS = "up";
  private static final long WARM_NANOS = 12_000_000_000L; // a JVM compiles meanwhile
  private static final double LEAST_SECONDS = 1; // less is the noise of the machine
  private static final int IDLE_SESSIONS = 500;
  private static final int TOUCH_BYTES = 1 << 20;

  private final Options options;
  private final Scratch scratch;
  private final Path folder;
  private final Placement placement;
  private final FtpReport page;

  /// For one run.
  public FtpPart(Options options, Scratch scratch, Report report) {
    this.options = options;
    this.scratch = scratch;
    this.folder = scratch.folder().resolve("ftp");
    this.placement =
        Placement.available().contains(Placement.CORES_APART)
            ? Placement.CORES_APART
            : Placement.ANYWHERE;
    this.page = new FtpReport(report, placement, Machine.load());
  }

  /// Measures, and writes the page.
  public void run() throws IOException {
    makeFiles();
    List<RunningServer> running = new ArrayList<>();
    try (AwakeCores _ = new AwakeCores(placement);
        Clients clients = new Clients(placement)) {
      List<FtpServers> all = List.of(FtpServers.values());
      for (FtpServers server : ServerProgram.present(all, options.only())) {
        start(server, clients, running);
      }
      page.begin(running);
      if (isWanted(MEMORY)) {
        page.putMemory(memory(clients, running), IDLE_SESSIONS);
      }
      for (Load load : Arrays.stream(Load.values()).filter(l -> isWanted(l.name())).toList()) {
        page.put(load, measure(load, clients, running));
      }
    } finally {
      running.forEach(RunningServer::close);
    }
  }

  private boolean isWanted(String load) {
    return options.sizes().isEmpty() || options.sizes().contains(load);
  }

  /// Whoever a server serves `anonymous` as reads them and stores.
  private void makeFiles() throws IOException {
    open(scratch.folder(), "rwxr-xr-x");
    open(Files.createDirectories(folder), "rwxr-xr-x");
    open(Files.createDirectories(folder.resolve(UPLOADS)), "rwxrwxrwx");
    scratch.file("ftp/" + Load.LARGE, Load.LARGE_BYTES);
    scratch.file("ftp/" + Load.MEDIUM, Load.MEDIUM_BYTES);
    scratch.file("ftp/" + Load.LITTLE, Load.LITTLE_BYTES);
  }

  private static void open(Path folder, String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  /// A package that was only unpacked may lack a library: the run goes on without it.
  private void start(FtpServers server, Clients clients, List<RunningServer> running)
      throws IOException {
    Path own = scratch.folder().resolve(server.name());
    RunningServer started;
    try {
      started = RunningServer.start(server, Site.atFreePort(folder, own, placement));
    } catch (IOException e) {
      if (server == FtpServers.OURS) {
        throw e;
      }
      System.out.println("SKIPPED: " + server.label() + " does not run here: " + e.getMessage());
      return;
    }
    running.add(started);
    clients.open(started.port(), 1);
    clients.end();
  }

  private Map<FtpServers, FtpReport.Memory> memory(Clients clients, List<RunningServer> servers)
      throws IOException {
    Map<FtpServers, FtpReport.Memory> memory = new EnumMap<>(FtpServers.class);
    for (RunningServer server : servers) {
      long before = server.proportionalBytes();
      clients.open(server.port(), IDLE_SESSIONS);
      long after = server.proportionalBytes();
      clients.end();
      memory.put((FtpServers) server.program(), new FtpReport.Memory(before, after));
    }
    return memory;
  }

  private Measurements<FtpServers, Load.Measurement> measure(
      Load load, Clients clients, List<RunningServer> servers) throws IOException {
    Measurements<FtpServers, Load.Measurement> measurements = new Measurements<>(FtpServers.OURS);
    for (RunningServer server : servers) {
      warm(load, clients, server);
    }
    List<RunningServer> turn = new ArrayList<>(servers);
    for (int round = 1; round <= options.pairs(); round++) {
      for (RunningServer server : turn) {
        Load.Measurement one = measure(load, clients, server);
        measurements.add((FtpServers) server.program(), one);
        System.out.printf(
            "%-16s %d/%d %-22s %10.1f %-9s %10.4f %s%n",
            load,
            round,
            options.pairs(),
            server.program().label(),
            one.rate(),
            load.unit().rate(),
            one.cost(),
            load.unit().cost());
      }
      Collections.rotate(turn, 1);
    }
    return measurements;
  }

  private void warm(Load load, Clients clients, RunningServer server) throws IOException {
    long end = System.nanoTime() + WARM_NANOS;
    do {
      measure(load, clients, server);
    } while (System.nanoTime() < end);
  }

  /// Asks for it again until that has taken long enough to be told from the machine's noise.
  private Load.Measurement measure(Load load, Clients clients, RunningServer server)
      throws IOException {
    double amount = 0;
    double seconds = 0;
    long used = 0;
    while (seconds < LEAST_SECONDS) {
      server.awaitSessionsEnd();
      if (load.isUpload()) {
        touchMemory();
      }
      clients.open(server.port(), load.sessions() + load.idle());
      long before = server.cpuNanos();
      Clients.Yield got = clients.run(load, server.port(), UPLOADS + "/file");
      if (load == Load.LOGIN) {
        server.awaitSessionsEnd();
      }
      used += server.cpuNanos() - before;
      clients.end();
      deleteUploads();
      amount += got.amount();
      seconds += got.seconds();
    }
    return load.unit().measurement(amount, seconds, used / 1e9);
  }

  /// Writes a file and deletes it, so that all servers write into memory that has just been in
  /// use: a virtual machine gives memory that has been free for seconds back to its host, and
  /// whoever takes it next pays several times the cost of the copying for it.
  private void touchMemory() throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(TOUCH_BYTES);
    Path file = folder.resolve(UPLOADS).resolve("touch");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long left = Load.STORED_BYTES; left > 0; left -= TOUCH_BYTES) {
        channel.write(chunk.clear());
      }
    }
    deleteUploads();
  }

  private void deleteUploads() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(UPLOADS))) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
