package io.github.jsendfile.ftp.session;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.ftp.data.Cargo;
import io.github.jsendfile.ftp.data.DataRoute;
import io.github.jsendfile.ftp.data.Delivery;
import io.github.jsendfile.ftp.data.Outcome;
import io.github.jsendfile.ftp.data.Transfer;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.ftp.wire.Reply;
import io.github.jsendfile.ftp.wire.ReplyWriter;
import io.github.jsendfile.server.listener.Connection;
import io.github.jsendfile.server.listener.Deadline;
import io.github.jsendfile.server.listener.SocketStatus;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One client's session: who it is, where it is, its data route and its running transfer. All but
/// the end of a transfer happens on the control thread.
public final class Session implements AutoCloseable {
  public static final String LOG_IN_FIRST = "Log in with USER and PASS first.";

  /// A client that has connected and sends its next command at once has its connection taken
  /// before that; one that cannot connect, and asks for another port, is not kept waiting.
  private static final Duration CONNECTION_UNDER_WAY = Duration.ofSeconds(1);

  /// How often it is looked what the client says behind a command that waits.
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final int LONGEST_NAME_BYTES = 255; // NAME_MAX of Linux

  /// No shorter name takes more bytes than that in UTF-8.
  private static final int LONG_NAME = LONGEST_NAME_BYTES / 3;

  private static final System.Logger LOG = System.getLogger(Session.class.getPackageName());

  private final Connection connection;
  private final Settings settings;
  private final ReplyWriter replies;
  private final DataRoute route;
  private final Login login;
  private final Deadline idle;
  private final CommandLog log;
  private int lastCode;
  private Parameters parameters = new Parameters();
  private TreePath directory = TreePath.ROOT;
  private @Nullable TreePath renameFrom;
  private @Nullable Transfer transfer;
  private volatile boolean quitting;

  public Session(Connection connection, Settings settings) {
    this.connection = connection;
    this.settings = settings;
    this.replies = new ReplyWriter(connection.channel());
    this.route = new DataRoute(settings.data().ports(), settings.limits().connect());
    this.login = new Login(settings, connection.remote().getAddress());
    this.log = new CommandLog(settings.watching().answers(), connection.remote().getAddress());
    this.idle = settings.deadlines().register(this::timedOut);
  }

  public Settings settings() {
    return settings;
  }

  public Login login() {
    return login;
  }

  public Parameters parameters() {
    return parameters;
  }

  public DataRoute route() {
    return route;
  }

  public InetAddress local() {
    return connection.local().getAddress();
  }

  /// This end, for people.
  public String localName() {
    return local().getHostAddress() + ":" + connection.local().getPort();
  }

  public boolean isLoggedIn() {
    return login.account().isPresent();
  }

  /// Who is logged in; only verbs that need it ask.
  public Account account() {
    return login.account().orElseThrow();
  }

  /// Whether a data connection may be made with an address.
  public boolean isWelcome(InetAddress address) {
    return settings.data().foreignAddresses() || address.equals(connection.remote().getAddress());
  }

  /// Refuses what the account may not do.
  public void require(Right right) throws RefusedException {
    if (!account().allows(right)) {
      throw new RefusedException(550, "Not enough privileges.");
    }
  }

  public void reply(int code, String text) throws IOException {
    reply(Reply.of(code, text));
  }

  public void reply(Reply reply) throws IOException {
    lastCode = reply.code();
    replies.write(reply);
  }

  public void reply(int code, String first, ReplyWriter.Lines lines, String last)
      throws IOException {
    lastCode = code;
    replies.write(code, first, lines, last);
  }

  /// Logs a command that has been replied to.
  ///
  /// @param verb what it was taken for
  /// @param target its argument as a log may show it
  public void log(String verb, String target, Instant began) {
    String user = login.account().map(Account::name).orElse(null);
    log.command(user, verb, target, lastCode, began);
  }

  public TreePath directory() {
    return directory;
  }

  public void directory(TreePath path) {
    directory = path;
  }

  /// The path an argument names, as seen from the current directory.
  public TreePath path(String argument) throws FileSystemException {
    try {
      TreePath path = directory.resolve(argument);
      if (argument.length() > LONG_NAME && path.names().stream().anyMatch(Session::isTooLong)) {
        throw new FileSystemException(path.toString(), null, "File name too long");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(directory.toString());
    }
  }

  private static boolean isTooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES;
  }

  public void renameFrom(TreePath path) {
    renameFrom = path;
  }

  /// What RNFR named; it counts once.
  public Optional<TreePath> takeRenameFrom() {
    Optional<TreePath> from = Optional.ofNullable(renameFrom);
    renameFrom = null;
    return from;
  }

  public FileSender sender() {
    return settings.movers().sender(account());
  }

  public Delivery delivery() {
    return settings.movers().delivery();
  }

  public FileReceiver receiver() {
    return settings.movers().receiver(account());
  }

  /// The transfer under way, if there is one.
  public @Nullable Transfer runningTransfer() {
    Transfer running = transfer;
    return running == null || running.isOver() ? null : running;
  }

  public void begin(TransferName name, Cargo cargo) throws IOException {
    begin(name, cargo, "");
  }

  /// Starts a transfer: as soon as its data connection is there, perhaps now.
  ///
  /// @param text what 125 or 150 says; empty for the usual
  public void begin(TransferName name, Cargo cargo, String text) throws IOException {
    try {
      abortTransfer(); // one that has waited for its data connection in vain
      if (route.isConnected()) {
        reply(125, text.isEmpty() ? "Data connection already open. Transfer starting." : text);
      } else {
        reply(150, text.isEmpty() ? "File status okay. About to open data connection." : text);
      }
    } catch (IOException e) {
      cargo.close();
      throw e;
    }
    idle.clear();
    TransferReport report = new TransferReport(settings, account(), name, log);
    settings.watching().transfers().begin();
    transfer =
        Transfer.start(
            route,
            cargo,
            () -> SocketStatus.hasPeerEnded(connection.channel()),
            outcome -> ended(report, outcome));
  }

  /// On the transfer's thread.
  private void ended(TransferReport report, Outcome outcome) {
    settings.watching().transfers().end();
    Reply reply = report.tell(outcome);
    setIdleDeadline();
    try {
      replies.write(reply);
      if (!quitting && !connection.idle()) {
        connection.close(); // the server drains
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no reply to {0}: {1}", connection.remote(), e.toString());
    }
  }

  /// Waits for a transfer that moves, or whose data connection is on its way; one that has none
  /// to wait for goes on waiting, since the next command may bring it.
  ///
  /// @param unwanted whether the client has asked meanwhile for the transfer's end, or has gone
  public void awaitMovingTransfer(BooleanSupplier unwanted) {
    Transfer running = transfer;
    if (running == null) {
      return;
    }
    if (route.isOpen()) {
      running.awaitConnection(CONNECTION_UNDER_WAY);
    }
    if (running.isWaiting()) {
      return;
    }
    while (!running.awaitEnd(LOOK)) {
      if (unwanted.getAsBoolean()) {
        running.abort();
      }
    }
  }

  /// Stops the transfer under way; its own reply has gone out when this returns.
  ///
  /// @return false if there was none to stop
  public boolean abortTransfer() {
    Transfer running = transfer;
    if (running == null) {
      return false;
    }
    boolean stopped = running.abort();
    running.awaitEnd();
    return stopped;
  }

  /// Forgets who it is and all that was set; a running transfer goes on.
  public void logOut() {
    login.logOut();
    if (runningTransfer() == null) {
      route.close();
    }
    parameters = new Parameters();
    directory = TreePath.ROOT;
    renameFrom = null;
  }

  /// Has the connection close, after a running transfer has ended.
  public void quit() {
    quitting = true;
  }

  public boolean isQuitting() {
    return quitting;
  }

  /// Ends a long piece of work for a client that has gone, or that says nothing more.
  public void refuseWhenGone() throws ClosedChannelException {
    SocketChannel channel = connection.channel();
    if (!channel.isOpen() || SocketStatus.hasPeerEnded(channel)) {
      throw new ClosedChannelException();
    }
  }

  public void setIdleDeadline() {
    idle.set(isLoggedIn() ? settings.limits().idle() : settings.limits().login());
  }

  private void timedOut() {
    settings.watching().timeouts().accept(isLoggedIn() ? "idle" : "login");
    Thread farewell =
        Thread.startVirtualThread(
            () -> {
              try {
                replies.write(Reply.of(421, "Control connection timed out."));
              } catch (IOException e) {
                LOG.log(Level.DEBUG, "no farewell to {0}", connection.remote());
              }
            });
    try {
      farewell.join(Duration.ofSeconds(1)); // longer for nobody who reads nothing
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }

  /// Ends everything; what a transfer had not finished is given up.
  @Override
  public void close() {
    if (quitting) {
      awaitMovingTransfer(() -> false);
    }
    abortTransfer();
    route.close();
    idle.close();
    login.logOut();
  }
}
