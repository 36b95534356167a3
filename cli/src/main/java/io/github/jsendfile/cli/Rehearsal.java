package io.github.jsendfile.cli;

import io.github.jsendfile.cli.console.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What the build runs once so that the JVM writes down the classes that a start needs: the doctor,
/// and a server that is asked for a file over HTTP and greeted over FTP.
final class Rehearsal {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();
  private static final int POLL_MILLIS = 20;
  private static final String FILE = "file.txt";

  /// What the build gives the command instead of a subcommand.
  static final String ARGUMENT = "--rehearse";

  private Rehearsal() {}

  /// Runs it, and ends the process.
  static void run() throws IOException, InterruptedException {
    Terminal terminal = Terminal.ofProcess();
    int verdict = Main.run(terminal, "doctor");
    Path folder = Files.createTempDirectory("jsendfile-rehearsal");
    try {
      Files.writeString(folder.resolve(FILE), "hello");
      int http = freePort();
      int ftp = freePort();
      Thread.ofPlatform().daemon().start(() -> serve(terminal, folder, http, ftp));
      for (String path : new String[] {"/" + FILE, "/", "/absent"}) {
        talk(http, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      }
      talk(ftp, "USER anonymous\r\nPASS a@b\r\nQUIT\r\n");
    } finally {
      Files.deleteIfExists(folder.resolve(FILE));
      Files.deleteIfExists(folder);
    }
    System.exit(verdict);
  }

  private static void serve(Terminal terminal, Path folder, int http, int ftp) {
    String directory = folder.toString();
    Main.run(terminal, Map.of(), "serve", directory, "--http", port(http), "--ftp", port(ftp));
  }

  private static String port(int number) {
    return Integer.toString(number);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void talk(int port, String request) throws IOException, InterruptedException {
    try (Socket client = connect(port)) {
      OutputStream out = client.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Socket connect(int port) throws IOException, InterruptedException {
    long giveUpAt = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    while (true) {
      Socket client = new Socket();
      try {
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
      } catch (IOException e) {
        client.close();
        if (System.nanoTime() > giveUpAt) {
          throw e;
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }
}
