package io.github.jsendfile.ftp;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.ftp.control.ControlConnection;
import io.github.jsendfile.ftp.data.PassivePorts;
import io.github.jsendfile.ftp.session.Movers;
import io.github.jsendfile.ftp.session.Settings;
import io.github.jsendfile.ftp.session.TransferCount;
import io.github.jsendfile.server.ServerBuilder;
import io.github.jsendfile.server.ServerOptions;
import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.server.limits.Headcount;
import io.github.jsendfile.server.listener.Deadlines;
import io.github.jsendfile.server.listener.Listener;
import io.github.jsendfile.server.listener.Refusal;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.server.users.Authorizer;
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
  private final TransferCount transfers = new TransferCount();
  private final Listener listener;

  private FtpServer(Builder builder) throws IOException {
    ServerOptions options = builder.common();
    deadlines = Deadlines.start();
    ports = builder.ports;
    Settings settings = builder.settings(deadlines, transfers);
    try {
      listener =
          Listener.builder(
                  "ftp", options, connection -> ControlConnection.serve(connection, settings))
              .refusal(FtpServer::refusal)
              .farewell(line("421 The server ends."))
              .start();
    } catch (IOException | RuntimeException e) {
      deadlines.close();
      throw e;
    }
    options.showNumbers(this::show, this::close);
  }

  private void show(Metrics metrics) {
    listener.tell(metrics, "ftp");
    metrics.gauge("ftp_transfers_active", "Transfers under way.", transfers::active);
    metrics.total("ftp_transfers", "Transfers begun, of files and lists.", transfers::begun);
    if (ports.left() >= 0) {
      metrics.gauge("ftp_passive_ports_left", "Passive ports that are free.", ports::left);
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
  public static final class Builder extends ServerBuilder<Builder> {
    private final Authorizer authorizer;
    private FtpEvents events = FtpEvents.NONE;
    private String banner = "JSendfile FTP server ready.";
    private PassivePorts ports = PassivePorts.any();
    private @Nullable InetAddress masquerade;
    private boolean foreignAddresses;
    private boolean globbing;
    private boolean keepPartial;
    private int loginAttempts = 3;
    private int maxSessionsPerUser = Integer.MAX_VALUE;
    private Bandwidth uploads = Bandwidth.unlimited();
    private Duration loginTimeout = Duration.ofMinutes(1);
    private Duration connectTimeout = Duration.ofSeconds(30);

    private Builder(Authorizer authorizer) {
      super(Duration.ofMinutes(5), Duration.ofMinutes(1));
      this.authorizer = authorizer;
    }

    @Override
    protected Builder self() {
      return this;
    }

    private ServerOptions common() {
      return options();
    }

    /// Who is told what happens.
    ///
    /// @param events a listener
    /// @return this builder
    public Builder events(FtpEvents events) {
      this.events = requireNonNull(events, "events");
      return this;
    }

    /// What a client is greeted with.
    ///
    /// @param banner one line
    /// @return this builder
    public Builder banner(String banner) {
      this.banner = requireNonNull(banner, "banner");
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

    /// How fast files come in.
    ///
    /// @param limits perhaps shared with other servers
    /// @return this builder
    public Builder uploadBandwidth(Bandwidth limits) {
      this.uploads = requireNonNull(limits, "limits");
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

    /// Begins to listen.
    ///
    /// @return a server, to be closed by the caller
    /// @throws java.net.BindException if the port is taken or the address not one of this machine
    /// @throws IOException if the machine refuses otherwise
    public FtpServer start() throws IOException {
      return new FtpServer(this);
    }

    private Settings settings(Deadlines deadlines, TransferCount transfers) {
      ServerOptions options = options();
      return new Settings(
          options.logins("FTP", authorizer),
          events,
          deadlines,
          banner,
          new Settings.Limits(options.idleTimeout(), loginTimeout, connectTimeout, loginAttempts),
          new Settings.Data(ports, masquerade, foreignAddresses),
          new Settings.Files(globbing, keepPartial),
          new Movers(options, uploads),
          Headcount.atMost(maxSessionsPerUser),
          new Settings.Watching(options.answers(), options.timeouts(), transfers));
    }
  }
}
