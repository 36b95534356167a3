package io.github.jsendfile.bench.http.scaling;

import io.github.jsendfile.bench.Options;
import io.github.jsendfile.bench.Placement;
import io.github.jsendfile.bench.Scratch;
import io.github.jsendfile.bench.figures.Measurements;
import io.github.jsendfile.bench.figures.Numbers;
import io.github.jsendfile.bench.figures.Table;
import io.github.jsendfile.bench.http.HttpServers;
import io.github.jsendfile.bench.server.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The page of a folder of many entries.
final class LongListing {
  private static final int ROUNDS_BEFORE = 3;
  private static final List<HttpServers> USUAL = List.of(HttpServers.OURS, HttpServers.NGINX);

  private final Options options;
  private final Scratch scratch;

  LongListing(Options options, Scratch scratch) {
    this.options = options;
    this.scratch = scratch;
  }

  /// One page as its client sees it.
  private record Sample(double firstMillis, double millis, double bytes, double cpuMillis) {}

  String measure() throws IOException {
    int[] counts = options.quick() ? new int[] {100, 10_000} : new int[] {100, 10_000, 100_000};
    Table table =
        new Table("entries, page", "server", "first byte ms", "all ms", "CPU ms", "KiB", "RSS MiB");
    for (int count : counts) {
      Path folder = Files.createDirectories(scratch.folder().resolve("listing-" + count));
      try {
        for (int i = 0; i < count; i++) {
          Files.createFile(folder.resolve("file-" + i));
        }
        measure(folder, count, table);
      } finally {
        for (int i = 0; i < count; i++) {
          Files.deleteIfExists(folder.resolve("file-" + i));
        }
      }
      System.out.println(table);
    }
    return String.format(
        Locale.ROOT,
        """
        ## The page of a long folder

        Empty files in one folder; a new connection asks for the page, for JSendfile also for all of it as \
        JSON (its page is cut at 20,000 entries and leads on). The servers run anywhere and are asked in turn: %d rounds \
        to get warm, then medians of %d. RSS after the last round; JSON comes after the pages.

        %s""",
        ROUNDS_BEFORE,
        options.pairs(),
        table);
  }

  private void measure(Path folder, int count, Table table) throws IOException {
    try (Servers servers = Servers.start(options, USUAL, folder, scratch, Placement.ANYWHERE)) {
      rows(servers.all(), "/", count + ", page", table);
      rows(servers.all().subList(0, 1), "/?json", count + ", JSON", table);
    }
  }

  private void rows(List<RunningServer> servers, String target, String what, Table table)
      throws IOException {
    Measurements<HttpServers, Sample> samples = new Measurements<>(HttpServers.OURS);
    for (int round = -ROUNDS_BEFORE; round < options.pairs(); round++) {
      for (RunningServer server : servers) {
        Sample sample = get(server, target);
        if (round >= 0) {
          samples.add(Servers.kind(server), sample);
        }
      }
    }
    for (RunningServer running : servers) {
      HttpServers server = Servers.kind(running);
      table.row(
          what,
          server.label(),
          Numbers.text(samples.median(server, Sample::firstMillis)),
          Numbers.text(samples.median(server, Sample::millis)),
          Numbers.text(samples.median(server, Sample::cpuMillis)),
          Numbers.text(samples.median(server, Sample::bytes) / 1024),
          Numbers.text(running.residentBytes() / (double) (1 << 20)));
    }
  }

  private static Sample get(RunningServer server, String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    byte[] buffer = new byte[64 * 1024];
    long cpu = server.cpuNanos();
    long start = System.nanoTime();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream answer = client.getInputStream();
      long bytes = answer.read(buffer);
      double first = (System.nanoTime() - start) / 1e6;
      if (!new String(buffer, 0, 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 200")) {
        throw new IOException(server.program().label() + " has no page");
      }
      for (int count = answer.read(buffer); count >= 0; count = answer.read(buffer)) {
        bytes += count;
      }
      double all = (System.nanoTime() - start) / 1e6;
      return new Sample(first, all, bytes, (server.cpuNanos() - cpu) / 1e6);
    }
  }
}
