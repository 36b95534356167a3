package io.github.jsendfile.bench.ftp;

import java.io.IOException;
import java.util.Locale;

/// What is asked of each server.
enum Load {
  RETR("RETR of 1 GiB", Unit.BYTES, 1, 0) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      return client.retrieve(LARGE);
    }
  },
  STOR("STOR of 512 MiB, a new file each time", Unit.BYTES, 1, 0) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      return client.store(own, STORED_BYTES);
    }
  },
  RETR_AT_ONCE("RETR of 32 MiB, 32 sessions at once", Unit.BYTES, 32, 0) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      return client.retrieve(MEDIUM);
    }
  },
  STOR_AT_ONCE("STOR of 16 MiB, 32 sessions at once", Unit.BYTES, 32, 0) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      return client.store(own, STORED_BYTES / 32);
    }
  },
  RETR_AMONG_IDLE("RETR of 1 GiB among 300 idle sessions", Unit.BYTES, 1, 300) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      return client.retrieve(LARGE);
    }
  },
  STOR_AMONG_IDLE("STOR of 512 MiB among 300 idle sessions", Unit.BYTES, 1, 300) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      return client.store(own, STORED_BYTES);
    }
  },
  SMALL("RETR of 4 KiB, one after the other", Unit.TIMES, 1, 0) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      for (int i = 0; i < TRANSFERS; i++) {
        client.retrieve(LITTLE);
      }
      return TRANSFERS;
    }
  },
  LOGIN("Logins as anonymous, 8 at once", Unit.TIMES, 0, 0) {
    @Override
    double run(FtpClient client, String own) throws IOException {
      throw new UnsupportedOperationException("a login is asked of a port");
    }
  };

  static final String LARGE = "large";
  static final long LARGE_BYTES = 1L << 30;
  static final String MEDIUM = "medium";
  static final long MEDIUM_BYTES = 32L << 20;
  static final String LITTLE = "little";
  static final long LITTLE_BYTES = 4L << 10;
  static final long STORED_BYTES = 512L << 20;
  static final int LOGINS = 200;
  static final int LOGINS_AT_ONCE = 8;
  private static final int TRANSFERS = 100;

  private final String label;
  private final Unit unit;
  private final int sessions;
  private final int idle;

  Load(String label, Unit unit, int sessions, int idle) {
    this.label = label;
    this.unit = unit;
    this.sessions = sessions;
    this.idle = idle;
  }

  /// Asks for it in one session.
  ///
  /// @param own a name for what is stored
  /// @return how many bytes, or how often
  abstract double run(FtpClient client, String own) throws IOException;

  String label() {
    return label;
  }

  Unit unit() {
    return unit;
  }

  /// How many ask at once.
  int sessions() {
    return sessions;
  }

  /// How many more have logged in and do nothing.
  int idle() {
    return idle;
  }

  boolean isUpload() {
    return name().startsWith("STOR");
  }

  /// As part of a file's name.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What is counted.
  enum Unit {
    BYTES("MB/s", "CPU s/GB", 1e6, 1e9),
    TIMES("a second", "CPU ms each", 1, 1e3);

    private final String rate;
    private final String cost;
    private final double rateUnit;
    private final double costUnit;

    Unit(String rate, String cost, double rateUnit, double costUnit) {
      this.rate = rate;
      this.cost = cost;
      this.rateUnit = rateUnit;
      this.costUnit = costUnit;
    }

    String rate() {
      return rate;
    }

    String cost() {
      return cost;
    }

    /// What a server did for its clients, in this unit.
    Measurement measurement(double amount, double seconds, double cpuSeconds) {
      return new Measurement(amount / rateUnit / seconds, cpuSeconds * costUnit / amount);
    }
  }

  /// @param rate how much a second
  /// @param cost CPU time of the server for a unit
  record Measurement(double rate, double cost) {}
}
