package io.github.jsendfile.bench.ftp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The clients, in a process of their own. Takes commands, a line each, and answers with a line.
///
/// * `open PORT COUNT` logs in so many sessions, which stay,
/// * `run LOAD OWN` has each of the first ones, as many as the load wants, ask for it, and says how
///   much that was and how many seconds it took; `OWN` begins the names of what is stored,
/// * `login PORT` logs in and out again and again, and says likewise,
/// * `close` ends the sessions.
public final class ClientsProgram {
  private static final int MOST_AT_ONCE = 32;

  private final List<FtpClient> sessions = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_ONCE);

  private ClientsProgram() {}

  /// Runs until its input ends.
  public static void main(String[] arguments) throws Exception {
    ClientsProgram clients = new ClientsProgram();
    try (BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(clients.answer(line.split(" ", -1)));
      }
    }
    clients.close();
    clients.threads.shutdown();
  }

  private String answer(String... words) {
    try {
      switch (words[0]) {
        case "open" -> open(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        case "close" -> close();
        case "run" -> {
          Load load = Load.valueOf(words[1]);
          return timed(() -> run(load, words[2]));
        }
        case "login" -> {
          int port = Integer.parseInt(words[1]);
          return timed(() -> logIn(port));
        }
        default -> throw new IllegalArgumentException(words[0]);
      }
      return "done";
    } catch (Exception e) {
      return "failed " + e;
    }
  }

  private static String timed(Callable<Double> work) throws Exception {
    long began = System.nanoTime();
    double amount = work.call();
    return amount + " " + (System.nanoTime() - began) / 1e9;
  }

  private void open(int port, int count) throws IOException {
    List<Future<FtpClient>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(threads.submit(() -> FtpClient.logIn(port)));
    }
    for (Future<FtpClient> each : all) {
      sessions.add(result(each));
    }
  }

  private double run(Load load, String own) throws IOException {
    List<Future<Double>> all = new ArrayList<>();
    for (int i = 0; i < load.sessions(); i++) {
      FtpClient client = sessions.get(i);
      String name = own + "-" + i;
      all.add(threads.submit(() -> load.run(client, name)));
    }
    return sum(all);
  }

  private static double sum(List<Future<Double>> all) throws IOException {
    double sum = 0;
    for (Future<Double> each : all) {
      sum += result(each);
    }
    return sum;
  }

  private static <T> T result(Future<T> one) throws IOException {
    try {
      return one.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private double logIn(int port) throws IOException {
    List<Future<Double>> all = new ArrayList<>();
    for (int i = 0; i < Load.LOGINS_AT_ONCE; i++) {
      all.add(threads.submit(() -> logInOften(port)));
    }
    return sum(all);
  }

  private static double logInOften(int port) throws IOException {
    int times = Load.LOGINS / Load.LOGINS_AT_ONCE;
    for (int i = 0; i < times; i++) {
      FtpClient.logIn(port).quit();
    }
    return times;
  }

  private void close() throws IOException {
    for (FtpClient session : sessions) {
      session.close();
    }
    sessions.clear();
  }
}
