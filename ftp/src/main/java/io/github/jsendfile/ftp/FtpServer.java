package io.github.jsendfile.ftp;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.ftp.control.ControlConnection;
import io.github.jsendfile.ftp.control.Movers;
import io.github.jsendfile.ftp.control.Settings;
import io.github.jsendfile.ftp.data.PassivePorts;
import io.github.jsendfile.server.AccessLog;
import io.github.jsendfile.server.Authorizer;
import io.github.jsendfile.server.Bandwidth;
import io.github.jsendfile.server.Bans;
import io.github.jsendfile.server.Deadlines;
import io.github.jsendfile.server.Headcount;
import io.github.jsendfile.server.Listener;
import io.github.jsendfile.server.Logins;
import io.github.jsendfile.server.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An FTP server: files go out by zero-copy and come in by its mirror, one virtual thread serves a
/// client, and one more each running transfer.
///
/// ```java
/// try (FileTree files = FileTree.of(directory);
///     UserAuthorizer anybody = UserAuthorizer.anonymous(files, Rights.READ_ONLY);
///     FtpServer server = FtpServer.builder(anybody).port(2121).start()) {
///   ...
/// }
/// ```
///
/// Thread-safe.
public final class FtpServer implements AutoCloseable {
  private final Deadlines deadlines;
  private final PassivePorts ports;
  private final Listener listener;

  private FtpServer(Builder builder) throws IOException {
    deadlines = Deadlines.start();
    ports = builder.ports;
    Logins logins = new Logins(builder.authorizer, builder.loginDelay, builder.bans);
    Settings settings = builder.settings(deadlines, logins);
    try {
      listener =
          Listener.builder(connection -> ControlConnection.serve(connection, settings))
              .name("ftp")
              .address(builder.address)
              .maxConnections(builder.maxConnections)
              .maxConnectionsPerAddress(builder.maxConnectionsPerAddress)
              .admits(logins::admit)
              .refusal(FtpServer::refusal)
              .farewell(line("421 The server ends."))
              .start();
    } catch (IOException | RuntimeException e) {
      deadlines.close();
      throw e;
    }
  }

  private static byte[] refusal(Refusal reason) {
    return switch (reason) {
      case TOO_MANY -> line("421 Too many connections. Service temporarily unavailable.");
      case TOO_MANY_FROM_ADDRESS -> line("421 Too many connections from the same IP address.");
      case NOT_ADMITTED -> line("421 Not now.");
    };
  }

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// Options of a server.
  ///
  /// @param authorizer who may log in
  /// @return a builder: loopback, port 0
  public static Builder builder(Authorizer authorizer) {
    return new Builder(requireNonNull(authorizer, "authorizer"));
  }

  /// Where it listens.
  ///
  /// @return address and actual port
  public InetSocketAddress address() {
    return listener.address();
  }

  /// The port it listens on.
  ///
  /// @return the actual port
  public int port() {
    return address().getPort();
  }

  /// How many control connections are open.
  ///
  /// @return a count
  public int active() {
    return listener.active();
  }

  /// How many ports of the passive range are free.
  ///
  /// @return a count; -1 if no range was set
  public int passivePortsLeft() {
    return ports.left();
  }

  /// Ends in peace: accepts no more, ends sessions that wait for their client, waits for running
  /// transfers, and aborts what is left when the time is over.
  ///
  /// @param limit how long transfers may go on
  /// @return whether all ended by themselves
  public boolean drain(Duration limit) {
    boolean inPeace = listener.drain(limit);
    deadlines.close();
    return inPeace;
  }

  /// Ends at once.
  @Override
  public void close() {
    listener.close();
    deadlines.close();
  }

  /// Options, checked when they are set. Not thread-safe.
  public static final class Builder {
    private final Authorizer authorizer;
    private FtpEvents events = FtpEvents.NONE;
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private String banner = "JSendfile ready.";
    private int maxConnections = 10_000;
    private int maxConnectionsPerAddress = Integer.MAX_VALUE;
    private PassivePorts ports = PassivePorts.any();
    private @Nullable InetAddress masquerade;
    private boolean foreignAddresses;
    private boolean globbing;
    private boolean keepPartial;
    private int loginAttempts = 3;
    private @Nullable AccessLog accessLog;
    private @Nullable Bans bans;
    private int maxSessionsPerUser = Integer.MAX_VALUE;
    private final Bandwidth.Builder downloads = Bandwidth.builder();
    private final Bandwidth.Builder uploads = Bandwidth.builder();
    private Duration idleTimeout = Duration.ofMinutes(5);
    private Duration loginTimeout = Duration.ofMinutes(1);
    private Duration connectTimeout = Duration.ofSeconds(30);
    private Duration stallTimeout = Duration.ofMinutes(1);
    private Duration loginDelay = Duration.ofSeconds(1);

    private Builder(Authorizer authorizer) {
      this.authorizer = authorizer;
    }

    /// Who is told what happens.
    ///
    /// @param events a listener
    /// @return this builder
    public Builder events(FtpEvents events) {
      this.events = requireNonNull(events, "events");
      return this;
    }

    /// Where each command and each transfer is written, with user, reply, bytes, time and
    /// mechanism; nowhere unless set. Passwords never are.
    ///
    /// @param log stays open; closed by whoever made it, after the server
    /// @return this builder
    public Builder accessLog(AccessLog log) {
      this.accessLog = requireNonNull(log, "log");
      return this;
    }

    /// Turns away addresses from which passwords were guessed; none are unless set.
    ///
    /// @param bans perhaps shared with other servers
    /// @return this builder
    public Builder bans(Bans bans) {
      this.bans = requireNonNull(bans, "bans");
      return this;
    }

    /// Where to listen; any free port of the loopback address unless set.
    ///
    /// @param address port 0 for any free one
    /// @return this builder
    public Builder address(InetSocketAddress address) {
      this.address = requireNonNull(address, "address");
      return this;
    }

    /// Listens on a port of the loopback address.
    ///
    /// @param port 0 for any free one
    /// @return this builder
    public Builder port(int port) {
      return address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /// What a client is greeted with.
    ///
    /// @param banner one line
    /// @return this builder
    public Builder banner(String banner) {
      this.banner = requireNonNull(banner, "banner");
      return this;
    }

    /// How many control connections may be open; 10,000 unless set. Others are told 421.
    ///
    /// @param most at least 1
    /// @return this builder
    public Builder maxConnections(int most) {
      this.maxConnections = atLeastOne("maxConnections", most);
      return this;
    }

    /// How many control connections may be open from one address; no bound unless set.
    ///
    /// @param most at least 1
    /// @return this builder
    public Builder maxConnectionsPerAddress(int most) {
      this.maxConnectionsPerAddress = atLeastOne("maxConnectionsPerAddress", most);
      return this;
    }

    /// How many sessions one user may have logged in; no bound unless set. Others are told 421.
    ///
    /// @param most at least 1
    /// @return this builder
    public Builder maxSessionsPerUser(int most) {
      this.maxSessionsPerUser = atLeastOne("maxSessionsPerUser", most);
      return this;
    }

    /// How fast files go out; still by zero-copy. May be set for each share: all apply.
    ///
    /// @param share who keeps the rate together
    /// @param bytesPerSecond at least 1
    /// @return this builder
    public Builder downloadRate(Share share, long bytesPerSecond) {
      bound(downloads, share, rate("downloadRate", bytesPerSecond));
      return this;
    }

    /// How fast files come in. May be set for each share: all apply.
    ///
    /// @param share who keeps the rate together
    /// @param bytesPerSecond at least 1
    /// @return this builder
    public Builder uploadRate(Share share, long bytesPerSecond) {
      bound(uploads, share, rate("uploadRate", bytesPerSecond));
      return this;
    }

    /// On which ports passive data connections are awaited: those a firewall lets through. Any
    /// free port unless set.
    ///
    /// @param first at least 1
    /// @param last at least `first`
    /// @return this builder
    public Builder passivePorts(int first, int last) {
      this.ports = PassivePorts.range(first, last);
      return this;
    }

    /// What PASV shows instead of this machine's own address: the address of the router before it.
    ///
    /// @param address an IPv4 address
    /// @return this builder
    public Builder masqueradeAddress(InetAddress address) {
      this.masquerade = requireNonNull(address, "address");
      return this;
    }

    /// Lets data connections come from and go to other addresses than the client's, which
    /// transfers between two servers need. It also lets a client have this server connect to
    /// others, and strangers take its data (RFC 2577).
    ///
    /// @return this builder
    public Builder allowForeignDataAddresses() {
      this.foreignAddresses = true;
      return this;
    }

    /// Has LIST, NLST and STAT take `*` and `?` in the last name of a path.
    ///
    /// @return this builder
    public Builder globbing() {
      this.globbing = true;
      return this;
    }

    /// Keeps what has arrived of a broken upload under its name, if nothing had the name before:
    /// so that it can be resumed. Without it, nothing of it stays.
    ///
    /// @return this builder
    public Builder keepPartialUploads() {
      this.keepPartial = true;
      return this;
    }

    /// After how many failed logins a connection is closed; 3 unless set.
    ///
    /// @param most at least 1
    /// @return this builder
    public Builder loginAttempts(int most) {
      this.loginAttempts = atLeastOne("loginAttempts", most);
      return this;
    }

    /// How long a failed login waits for its reply, the second twice as long and so on; 1 s unless
    /// set.
    ///
    /// @param delay zero or more
    /// @return this builder
    public Builder loginDelay(Duration delay) {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("loginDelay is " + delay + "; it cannot be negative");
      }
      this.loginDelay = delay;
      return this;
    }

    /// How long a session may pass from one command to the next, while no transfer runs; 5 min
    /// unless set.
    ///
    /// @param timeout more than zero
    /// @return this builder
    public Builder idleTimeout(Duration timeout) {
      this.idleTimeout = positive("idleTimeout", timeout);
      return this;
    }

    /// The same, before login; 1 min unless set.
    ///
    /// @param timeout more than zero
    /// @return this builder
    public Builder loginTimeout(Duration timeout) {
      this.loginTimeout = positive("loginTimeout", timeout);
      return this;
    }

    /// How long a passive port stays open without a connection, and how long connecting to a
    /// client may take; 30 s unless set.
    ///
    /// @param timeout more than zero
    /// @return this builder
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = positive("connectTimeout", timeout);
      return this;
    }

    /// How long a data connection may move nothing; 1 min unless set.
    ///
    /// @param timeout more than zero
    /// @return this builder
    public Builder stallTimeout(Duration timeout) {
      this.stallTimeout = positive("stallTimeout", timeout);
      return this;
    }

    /// Begins to listen.
    ///
    /// @return a server, to be closed by the caller
    /// @throws java.net.BindException if the port is taken or the address not one of this machine
    /// @throws IOException if the machine refuses otherwise
    public FtpServer start() throws IOException {
      return new FtpServer(this);
    }

    private Settings settings(Deadlines deadlines, Logins logins) {
      return new Settings(
          logins,
          events,
          deadlines,
          banner,
          new Settings.Limits(idleTimeout, loginTimeout, connectTimeout, loginAttempts),
          new Settings.Data(ports, masquerade, foreignAddresses),
          new Settings.Files(globbing, keepPartial),
          new Movers(stallTimeout, downloads.build(), uploads.build()),
          Headcount.atMost(maxSessionsPerUser),
          accessLog);
    }

    private static void bound(Bandwidth.Builder bandwidth, Share share, long bytesPerSecond) {
      Bandwidth.Builder _ =
          switch (requireNonNull(share, "share")) {
            case TRANSFER -> bandwidth.perTransfer(bytesPerSecond);
            case USER -> bandwidth.perUser(bytesPerSecond);
            case SERVER -> bandwidth.total(bytesPerSecond);
          };
    }

    private static long rate(String option, long bytesPerSecond) {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException(
            option + " is " + bytesPerSecond + "; it must be 1 or more");
      }
      return bytesPerSecond;
    }

    private static int atLeastOne(String option, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " is " + value + "; it must be 1 or more");
      }
      return value;
    }

    private static Duration positive(String option, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(option + " is " + value + "; it must be more than 0");
      }
      return value;
    }
  }
}
