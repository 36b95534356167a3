package io.github.jsendfile.bench.ftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is asked of each server.
enum Load {
  RETR("RETR of 1 GiB", "MB/s", "CPU s/GB", 1e6, 1e9) {
    @Override
    double run(int port) throws IOException {
      try (FtpClient client = FtpClient.logIn(port)) {
        return client.retrieve(FILE);
      }
    }
  },
  STOR("STOR of 256 MiB", "MB/s", "CPU s/GB", 1e6, 1e9) {
    @Override
    double run(int port) throws IOException {
      try (FtpClient client = FtpClient.logIn(port)) {
        client.store("up/file", STORED_BYTES);
        return STORED_BYTES;
      }
    }
  },
  CROWD("RETR of 16 MiB, 32 sessions at once", "MB/s", "CPU s/GB", 1e6, 1e9) {
    @Override
    double run(int port) throws IOException {
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
          all.add(clients.submit(() -> small(port)));
        }
        double bytes = 0;
        for (Future<Long> each : all) {
          bytes += each.get();
        }
        return bytes;
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  },
  LOGIN("logins, one after the other", "a second", "CPU ms each", 1, 1e3) {
    @Override
    double run(int port) throws IOException {
      for (int i = 0; i < LOGINS; i++) {
        FtpClient.logIn(port).close();
      }
      return LOGINS;
    }
  };

  static final String FILE = "file";
  static final long FILE_BYTES = 1L << 30;
  static final String SMALL_FILE = "small";
  static final long SMALL_BYTES = 16L << 20;
  private static final long STORED_BYTES = 256L << 20;
  private static final int SESSIONS = 32;
  private static final int LOGINS = 50;

  private final String label;
  private final String rate;
  private final String cost;
  private final double rateUnit;
  private final double costUnit;

  Load(String label, String rate, String cost, double rateUnit, double costUnit) {
    this.label = label;
    this.rate = rate;
    this.cost = cost;
    this.rateUnit = rateUnit;
    this.costUnit = costUnit;
  }

  /// Asks for it once.
  ///
  /// @return how many bytes, or how often
  abstract double run(int port) throws IOException;

  private static long small(int port) throws IOException {
    try (FtpClient client = FtpClient.logIn(port)) {
      return client.retrieve(SMALL_FILE);
    }
  }

  String label() {
    return label;
  }

  String rate() {
    return rate;
  }

  String cost() {
    return cost;
  }

  /// What a server did for one client, in this load's units.
  Measurement measurement(double amount, double seconds, double cpuSeconds) {
    double costs =
        this == LOGIN ? cpuSeconds / amount * costUnit : cpuSeconds / (amount / costUnit);
    return new Measurement(amount / rateUnit / seconds, costs);
  }

  /// @param rate how much a second
  /// @param cost CPU time of the server for a unit
  record Measurement(double rate, double cost) {}
}
