package io.github.jsendfile.server;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.limits.Bandwidth;
import io.github.jsendfile.server.log.AccessLog;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.server.users.Bans;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Options that every server has, whatever its protocol, checked when they are set. What two
/// servers are to have together, such as [Bandwidth], [Bans], [Metrics] and the [AccessLog], is
/// given to both. Not thread-safe.
///
/// @param <B> the builder of one kind of server
public abstract class ServerBuilder<B extends ServerBuilder<B>> {
  private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private int maxConnections = 10_000;
  private int maxConnectionsPerAddress = Integer.MAX_VALUE;
  private Duration idleTimeout;
  private Duration stallTimeout;
  private long leastRate = 1024;
  private Bandwidth downloads = Bandwidth.unlimited();
  private Duration loginDelay = Duration.ofSeconds(1);
  private @Nullable Bans bans;
  private @Nullable AccessLog accessLog;
  private @Nullable Metrics metrics;

  /// Begins with the limits that are usual with a protocol.
  ///
  /// @param idleTimeout if not set
  /// @param stallTimeout if not set
  protected ServerBuilder(Duration idleTimeout, Duration stallTimeout) {
    this.idleTimeout = idleTimeout;
    this.stallTimeout = stallTimeout;
  }

  /// This builder, by its own type.
  ///
  /// @return this
  protected abstract B self();

  /// What has been set so far.
  ///
  /// @return the options
  protected final ServerOptions options() {
    return new ServerOptions(
        address,
        maxConnections,
        maxConnectionsPerAddress,
        idleTimeout,
        stallTimeout,
        leastRate,
        downloads,
        loginDelay,
        bans,
        accessLog,
        metrics);
  }

  /// Listens on a port of the loopback interface.
  ///
  /// @param port 0 for any free one
  /// @return this builder
  public final B port(int port) {
    return address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /// Where to listen; any free port of the loopback interface if not set.
  ///
  /// @param address port 0 for any free one
  /// @return this builder
  public final B address(InetSocketAddress address) {
    this.address = requireNonNull(address, "address");
    return self();
  }

  /// How many connections may be open; others are refused.
  ///
  /// @param most at least 1; 10,000 if not set
  /// @return this builder
  public final B maxConnections(int most) {
    this.maxConnections = atLeastOne("maxConnections", most);
    return self();
  }

  /// How many connections may be open from one address, or from one IPv6 network of 64 bits;
  /// others are refused.
  ///
  /// @param most at least 1; no bound if not set
  /// @return this builder
  public final B maxConnectionsPerAddress(int most) {
    this.maxConnectionsPerAddress = atLeastOne("maxConnectionsPerAddress", most);
    return self();
  }

  /// How long a client may wait before it asks for something; 60 s over HTTP, 5 min over FTP if
  /// not set.
  ///
  /// @param timeout more than zero
  /// @return this builder
  public final B idleTimeout(Duration timeout) {
    this.idleTimeout = positive("idleTimeout", timeout);
    return self();
  }

  /// How long a transfer may move nothing; 30 s over HTTP, 1 min over FTP if not set.
  ///
  /// @param timeout more than zero
  /// @return this builder
  public final B stallTimeout(Duration timeout) {
    this.stallTimeout = positive("stallTimeout", timeout);
    return self();
  }

  /// How many bytes a second a client has to take of what it asked for, on average over twice the
  /// [#stallTimeout]; over HTTP also how fast it has to send the body of a request. Slower ones are
  /// cut off, and so are those that take a byte now and then for ever. What the server itself holds
  /// back, see [#downloadBandwidth], does not count.
  ///
  /// @param bytesPerSecond at least 1; 1,024 if not set
  /// @return this builder
  public final B leastRate(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "leastRate is " + bytesPerSecond + "; it must be 1 or more");
    }
    this.leastRate = bytesPerSecond;
    return self();
  }

  /// How fast files go out, still by zero-copy. What is bounded for each transfer is bounded for
  /// each connection over HTTP.
  ///
  /// @param limits perhaps shared with other servers
  /// @return this builder
  public final B downloadBandwidth(Bandwidth limits) {
    this.downloads = requireNonNull(limits, "limits");
    return self();
  }

  /// How long a failed login waits for its answer; in a session each further one as much longer.
  ///
  /// @param delay zero or more; 1 s if not set
  /// @return this builder
  public final B loginDelay(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("loginDelay is " + delay + "; it cannot be negative");
    }
    this.loginDelay = delay;
    return self();
  }

  /// Turns away addresses from which passwords were guessed; none are if not set.
  ///
  /// @param bans perhaps shared with other servers
  /// @return this builder
  public final B bans(Bans bans) {
    this.bans = requireNonNull(bans, "bans");
    return self();
  }

  /// Where each request, command and transfer is written, with user, status, bytes, time and
  /// mechanism; nowhere if not set. Passwords never are.
  ///
  /// @param log stays open; closed by whoever made it, after the server
  /// @return this builder
  public final B accessLog(AccessLog log) {
    this.accessLog = requireNonNull(log, "log");
    return self();
  }

  /// What counts answers, bytes, logins and time-outs; nothing is counted if not set.
  ///
  /// @param metrics perhaps shared with a server of another protocol, not with one of the same
  /// @return this builder
  public final B metrics(Metrics metrics) {
    this.metrics = requireNonNull(metrics, "metrics");
    return self();
  }

  /// Checks an option that counts.
  ///
  /// @param option its name
  /// @param value what it is to be
  /// @return the value
  /// @throws IllegalArgumentException if it is less than 1
  protected static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + "; it must be 1 or more");
    }
    return value;
  }

  /// Checks an option that limits a time.
  ///
  /// @param option its name
  /// @param value what it is to be
  /// @return the value
  /// @throws IllegalArgumentException if it is not more than zero
  protected static Duration positive(String option, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(option + " is " + value + "; it must be more than 0");
    }
    return value;
  }
}
