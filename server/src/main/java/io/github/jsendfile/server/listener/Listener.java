package io.github.jsendfile.server.listener;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.server.ServerOptions;
import io.github.jsendfile.server.limits.ClientNetwork;
import io.github.jsendfile.server.limits.Headcount;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.server.users.Bans;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Accepts connections and has each served on a virtual thread of its own, within bounds on their
/// number, until it is drained or closed. It goes on accepting whatever fails: out of descriptors,
/// who connects waits in the kernel's backlog until some are free. Thread-safe.
public final class Listener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Listener.class.getPackageName());

  /// How long handlers have to see that their connection was closed.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InetSocketAddress address;
  private final ConnectionHandler handler;
  private final int maxConnections;
  private final Headcount<InetAddress> perAddress;
  private final Predicate<InetAddress> admits;
  private final Refusals refusals;
  private final byte[] farewell;
  private final int sendBufferBytes;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Object allEnded = new Object();
  private final Thread.Builder.OfVirtual threads;
  private final AcceptLoop loop;
  private final Thread acceptor;
  private volatile boolean draining;

  private Listener(Builder builder, ServerSocketChannel server) throws IOException {
    this.address = (InetSocketAddress) server.getLocalAddress();
    this.handler = builder.handler;
    this.maxConnections = builder.maxConnections;
    this.perAddress = Headcount.atMost(builder.maxConnectionsPerAddress);
    this.admits = builder.admits;
    this.refusals = new Refusals(builder.refusal);
    this.farewell = builder.farewell;
    this.sendBufferBytes = builder.sendBufferBytes;
    this.threads = Thread.ofVirtual().name(builder.name + "-", 1);
    this.loop = new AcceptLoop(server, this::admit);
    this.acceptor = Thread.ofPlatform().name(builder.name + "-accept").unstarted(loop);
  }

  /// Options of a listener.
  ///
  /// @param handler serves each connection
  /// @return a builder: loopback, any free port
  public static Builder builder(ConnectionHandler handler) {
    return new Builder(requireNonNull(handler, "handler"));
  }

  /// Options of a listener, as far as a server's are its own.
  ///
  /// @param name of the protocol; its threads are called so
  /// @param options of the server
  /// @param handler serves each connection
  /// @return a builder that may be told more
  public static Builder builder(String name, ServerOptions options, ConnectionHandler handler) {
    Bans bans = options.bans();
    return builder(handler)
        .name(name)
        .address(options.address())
        .admits(client -> bans == null || !bans.isBanned(client))
        .maxConnections(options.maxConnections())
        .maxConnectionsPerAddress(options.maxConnectionsPerAddress());
  }

  /// Where it listens.
  ///
  /// @return address and actual port
  public InetSocketAddress address() {
    return address;
  }

  /// How many connections are open, those that are being refused not counted.
  ///
  /// @return a count
  public int active() {
    return connections.size();
  }

  /// How many of them work for their client, and do not wait for it.
  ///
  /// @return a count
  public int busy() {
    return (int) connections.stream().filter(Connection::isBusy).count();
  }

  /// How many connections were let in since the start.
  ///
  /// @return a count
  public long accepted() {
    return accepted.sum();
  }

  /// How many connections were refused since the start.
  ///
  /// @return a count
  public long refused() {
    return refused.sum();
  }

  /// Shows its connections.
  ///
  /// @param metrics take them at each scrape
  /// @param protocol what it speaks
  public void tell(Metrics metrics, String protocol) {
    String prefix = protocol + "_connections_";
    metrics.gauge(prefix + "active", "Open connections.", this::active);
    metrics.gauge(prefix + "busy", "Connections that work for their client now.", this::busy);
    metrics.total(prefix + "accepted", "Connections accepted.", this::accepted);
    metrics.total(prefix + "refused", "Connections refused: at a cap, or banned.", this::refused);
  }

  /// How many are being told that they are refused.
  int beingRefused() {
    return refusals.size();
  }

  /// Whether it drains or has been closed.
  ///
  /// @return true from the beginning of the drain on
  public boolean isDraining() {
    return draining;
  }

  /// Ends in peace: accepts no more, ends the connections that wait for their client, waits for
  /// those that work, and aborts what is left when the time is over.
  ///
  /// @param limit how long connections may go on working; zero aborts them at once
  /// @return whether all ended by themselves
  public boolean drain(Duration limit) {
    draining = true;
    loop.end();
    connections.forEach(connection -> connection.endIfIdle(farewell));
    boolean inPeace = awaitEnd(limit);
    connections.forEach(Connection::abort);
    refusals.close();
    if (!inPeace && !awaitEnd(PATIENCE)) {
      LOG.log(
          Level.WARNING, "{0} connections are closed, but not left by their handlers", active());
    }
    return inPeace;
  }

  /// Accepts no more, aborts all connections, and waits a few seconds at most for their handlers
  /// to return.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private boolean awaitEnd(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (allEnded) {
      while (!connections.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        try {
          allEnded.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt(); // who waits is in a hurry
          return false;
        }
      }
    }
    return true;
  }

  private void admit(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (sendBufferBytes > 0) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
      }
      admit(new Connection(channel, this::isDraining));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection ended before it began: {0}", e.toString());
      Connection.abort(channel);
    }
  }

  private void admit(Connection connection) {
    InetAddress client = ClientNetwork.of(connection.remote().getAddress());
    Refusal refusal = refusal(client, connection.remote().getAddress());
    if (refusal != null) {
      refused.increment();
      refusals.refuse(connection.channel(), refusal);
      return;
    }
    accepted.increment();
    connections.add(connection);
    if (draining) { // and may have looked at the connections before
      connection.abort();
      ended(connection, client);
    } else {
      threads.start(() -> serve(connection, client));
    }
  }

  private @Nullable Refusal refusal(InetAddress network, InetAddress client) {
    if (!admits.test(client)) {
      return Refusal.NOT_ADMITTED;
    }
    if (connections.size() >= maxConnections) {
      return Refusal.TOO_MANY;
    }
    return perAddress.enter(network) ? null : Refusal.TOO_MANY_FROM_ADDRESS;
  }

  @SuppressWarnings("CatchingUnchecked") // a defect of one handler is not to harm the others
  private void serve(Connection connection, InetAddress network) {
    try {
      handler.handle(connection);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "connection of {0}: {1}", connection.remote(), e.toString());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "serving " + connection.remote(), e);
      connection.abort();
    } finally {
      connection.close();
      ended(connection, network);
    }
  }

  private void ended(Connection connection, InetAddress network) {
    perAddress.leave(network);
    connections.remove(connection);
    if (draining) {
      synchronized (allEnded) {
        allEnded.notifyAll();
      }
    }
  }

  /// Options, checked when they are set.
  public static final class Builder {
    private final ConnectionHandler handler;
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private String name = "listener";
    private int backlog = 4096; // cut by the kernel to what net.core.somaxconn allows
    private int maxConnections = 10_000;
    private int maxConnectionsPerAddress = Integer.MAX_VALUE;
    private int sendBufferBytes;
    private Predicate<InetAddress> admits = _ -> true;
    private Function<Refusal, byte[]> refusal = _ -> new byte[0];
    private byte[] farewell = new byte[0];

    private Builder(ConnectionHandler handler) {
      this.handler = handler;
    }

    /// Where to listen.
    ///
    /// @param address port 0 for any free one
    /// @return this builder
    public Builder address(InetSocketAddress address) {
      this.address = requireNonNull(address, "address");
      return this;
    }

    /// What its threads are called.
    ///
    /// @param name short; `http` makes `http-accept` and `http-1`
    /// @return this builder
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /// How many connections may wait to be accepted.
    ///
    /// @param backlog at least 1
    /// @return this builder
    public Builder backlog(int backlog) {
      this.backlog = atLeastOne("backlog", backlog);
      return this;
    }

    /// How many connections may be open; more are refused.
    ///
    /// @param most at least 1; 10,000 if not set
    /// @return this builder
    public Builder maxConnections(int most) {
      this.maxConnections = atLeastOne("maxConnections", most);
      return this;
    }

    /// How many connections may be open from one address, or from one IPv6 network of 64 bits;
    /// more are refused.
    ///
    /// @param most at least 1; no bound if not set
    /// @return this builder
    public Builder maxConnectionsPerAddress(int most) {
      this.maxConnectionsPerAddress = atLeastOne("maxConnectionsPerAddress", most);
      return this;
    }

    /// Bounds what the kernel holds for a client that does not read; the kernel doubles it. It
    /// also bounds the speed of far clients: to be set where nothing finer is there.
    ///
    /// @param bytes at least 1; left to the kernel if not set
    /// @return this builder
    public Builder sendBufferBytes(int bytes) {
      this.sendBufferBytes = atLeastOne("sendBufferBytes", bytes);
      return this;
    }

    /// Which clients are served at all; others are refused. Asked by the accepting thread: it has
    /// to answer at once.
    ///
    /// @param admits told the client's address
    /// @return this builder
    public Builder admits(Predicate<InetAddress> admits) {
      this.admits = requireNonNull(admits, "admits");
      return this;
    }

    /// What a client is told that is refused. Written by the listener before it closes, so it is
    /// to be short; a flood of clients is not told.
    ///
    /// @param answer the bytes for each reason; none if not set
    /// @return this builder
    public Builder refusal(Function<Refusal, byte[]> answer) {
      this.refusal = requireNonNull(answer, "answer");
      return this;
    }

    /// What a client is told whose connection waits when the listener drains.
    ///
    /// @param words short; none if not set
    /// @return this builder
    public Builder farewell(byte[] words) {
      this.farewell = words.clone();
      return this;
    }

    /// Begins to listen. The thread that accepts keeps the JVM alive until [Listener#close()].
    ///
    /// @return a listener, to be closed by the caller
    /// @throws BindException if the port is taken or the address not one of this machine
    /// @throws IOException if the machine refuses otherwise
    public Listener start() throws IOException {
      ServerSocketChannel server = ServerSocketChannel.open();
      try {
        server.bind(address, backlog);
        Listener listener = new Listener(this, server);
        listener.acceptor.start();
        return listener;
      } catch (BindException e) {
        server.close();
        BindException named =
            new BindException("cannot listen at " + address + ": " + e.getMessage());
        named.initCause(e);
        throw named;
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
    }

    private static int atLeastOne(String option, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " is " + value + "; it must be 1 or more");
      }
      return value;
    }
  }
}
