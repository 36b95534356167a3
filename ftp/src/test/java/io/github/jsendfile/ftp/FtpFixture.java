package io.github.jsendfile.ftp;

import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Rights;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/// A server over a directory, for a test: `user` with the password `12345` may do all, `anonymous`
/// may read.
public final class FtpFixture implements AutoCloseable {
  private final Path root;
  private final FileTree tree;
  private final FtpServer server;
  private final List<FtpEvents.File> sent = new CopyOnWriteArrayList<>();
  private final List<FtpEvents.File> received = new CopyOnWriteArrayList<>();
  private final List<FtpEvents.File> broken = new CopyOnWriteArrayList<>();
  private final List<String> sessions = new CopyOnWriteArrayList<>();

  private FtpFixture(Path root, UnaryOperator<FtpServer.Builder> options) throws IOException {
    this.root = root;
    this.tree = FileTree.of(root);
    FtpServer.Builder builder =
        FtpServer.builder(this::login).loginDelay(Duration.ZERO).events(events());
    this.server = options.apply(builder).start();
  }

  /// A server with the usual options.
  public static FtpFixture over(Path root) throws IOException {
    return over(root, builder -> builder);
  }

  /// A server with other options.
  public static FtpFixture over(Path root, UnaryOperator<FtpServer.Builder> options)
      throws IOException {
    return new FtpFixture(root, options);
  }

  private Optional<Account> login(String user, String password, java.net.InetAddress client) {
    return switch (user) {
      case "user" -> password.equals("12345") ? account(user, "elradfmwMT") : Optional.empty();
      case "anonymous" -> account(user, "elr");
      default -> Optional.empty();
    };
  }

  private Optional<Account> account(String name, String rights) {
    return Optional.of(new Account(name, tree, new Rights(rights)));
  }

  private FtpEvents events() {
    return new FtpEvents() {
      @Override
      public void connected(java.net.InetSocketAddress client) {
        sessions.add("connected");
      }

      @Override
      public void loggedIn(String user, java.net.InetAddress client) {
        sessions.add("in " + user);
      }

      @Override
      public void loginFailed(String user, java.net.InetAddress client) {
        sessions.add("refused " + user);
      }

      @Override
      public void loggedOut(String user, java.net.InetAddress client) {
        sessions.add("out " + user);
      }

      @Override
      public void disconnected(java.net.InetSocketAddress client) {
        sessions.add("disconnected");
      }

      @Override
      public void fileSent(File file) {
        sent.add(file);
      }

      @Override
      public void fileReceived(File file) {
        received.add(file);
      }

      @Override
      public void transferBroken(File file) {
        broken.add(file);
      }
    };
  }

  /// A port that is free, below those that the kernel gives to clients: of these a client of
  /// another process may get it before it is listened on, at once where few are left.
  static int freePort() throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
      try (ServerSocket _ = new ServerSocket(port)) {
        return port;
      } catch (BindException e) {
        // in use: another
      }
    }
    throw new BindException("no port is free");
  }

  /// The server.
  public FtpServer server() {
    return server;
  }

  /// A session of `user`.
  public Dialogue user() throws IOException {
    return Dialogue.loggedIn(server, "user", "12345");
  }

  /// A session of `user` in TYPE I.
  public Dialogue binary() throws IOException {
    Dialogue dialogue = user();
    dialogue.say("TYPE I");
    return dialogue;
  }

  /// A session of `anonymous`.
  public Dialogue anonymous() throws IOException {
    return Dialogue.loggedIn(server, "anonymous", "");
  }

  /// Writes a file below the root.
  public Path file(String name, byte[] content) throws IOException {
    return Files.write(root.resolve(name), content);
  }

  /// A file below the root.
  public Path path(String name) {
    return root.resolve(name);
  }

  public List<FtpEvents.File> sent() {
    return sent;
  }

  public List<FtpEvents.File> received() {
    return received;
  }

  public List<FtpEvents.File> broken() {
    return broken;
  }

  public List<String> sessions() {
    return sessions;
  }

  @Override
  public void close() throws IOException {
    server.close();
    tree.close();
  }
}
