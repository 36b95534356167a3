package io.github.jsendfile.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.Judge;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs made to wear a server out: many requests, and clients that are slow on purpose.
@ExtendWith(LeakCheck.class)
@Timeout(120)
class LoadJudgesTest {
  private static final int SMALL_BYTES = 6;
  private static final int MEDIUM_BYTES = 300_000;
  private static final int LARGE_BYTES = 32 << 20;
  private static final int OFFENDERS = 50;

  /// Long enough that all offenders are there together for a while.
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final String ALL_CLOSED = "Exit status: No open connections left";
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*[a-zA-Z]");

  @TempDir Path root;
  @TempDir Path here;
  private final Metrics metrics = Metrics.create();
  private final AtomicInteger askedForRanges = new AtomicInteger();
  private Judge judge;

  @BeforeEach
  void prepare() throws IOException {
    judge = new Judge(here);
    Files.write(root.resolve("small"), new byte[SMALL_BYTES]);
    Files.write(root.resolve("medium"), new byte[MEDIUM_BYTES]);
    Files.write(root.resolve("large"), new byte[LARGE_BYTES]);
  }

  private HttpFixture strictServer() throws IOException {
    return HttpFixture.over(
        root,
        server ->
            server
                .metrics(metrics)
                .uploads(UploadOptions.defaults())
                .handler(this::handle)
                .headTimeout(LIMIT)
                .bodyTimeout(LIMIT)
                .idleTimeout(LIMIT)
                .stallTimeout(LIMIT.dividedBy(2))
                .leastRate(64 << 10));
  }

  /// Takes all of a body that is sent to `/read`, and counts requests for very many ranges.
  private void handle(Request request, Reply reply) throws IOException {
    if (request.path().equals("/read")) {
      reply.send(200, "text/plain", request.body().readAllBytes());
    }
    if (request.header("Range").orElse("").length() > 1000) {
      askedForRanges.incrementAndGet();
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 1", "20, 8"})
  @Spec({"HT-3", "HT-29"})
  void h2loadHasEveryByteOfEveryAnswerOverItsConnections(int clients, int pipelined)
      throws IOException {
    Judge.needs("h2load");
    int requests = clients * 40;
    try (HttpFixture http = HttpFixture.over(root, server -> server.metrics(metrics))) {
      String said =
          judge.succeeds(
              "h2load",
              "--h1",
              "-n" + requests,
              "-c" + clients,
              "-m" + pipelined,
              http.url() + "/small",
              http.url() + "/medium");
      long bytes = requests / 2 * (long) (SMALL_BYTES + MEDIUM_BYTES);
      assertThat(said)
          .contains(
              requests + " succeeded, 0 failed, 0 errored, 0 timeout",
              "status codes: " + requests + " 2xx, 0 3xx, 0 4xx, 0 5xx",
              "(" + bytes + ") data");
      assertThat(metrics.scrape()).contains("connections_accepted_total " + clients + ".0");
      eventuallyEmpty(http);
    }
  }

  @Test
  @Spec({"HT-6", "HT-60"})
  void slowHeadsEndInTimeAndHarmNobody() throws IOException {
    try (HttpFixture http = strictServer()) {
      Siege siege = besiege(http, "/small", "-H");
      assertThat(siege.said()).contains(ALL_CLOSED);
      assertThat(siege.answered()).isPositive();
      eventuallyEnded("head");
    }
  }

  @Test
  @Spec("HT-60")
  void slowBodiesEndInTimeAndHarmNobody() throws IOException {
    try (HttpFixture http = strictServer()) {
      Siege siege = besiege(http, "/read", "-B", "-s8192");
      assertThat(siege.said()).contains(ALL_CLOSED);
      assertThat(siege.answered()).isPositive();
      eventuallyEnded("body");
    }
  }

  /// The program names its own site as the page that sends them.
  @Test
  @Spec({"HT-4", "HT-47"})
  void slowUploadsOfAnotherSiteAreRefusedBeforeTheyHaveCome() throws IOException {
    try (HttpFixture http = strictServer()) {
      assertThat(besiege(http, "/medium", "-B", "-s8192").said()).contains(ALL_CLOSED);
      assertThat(metrics.scrape())
          .contains("status=\"4xx\"} " + OFFENDERS + ".0")
          .doesNotContain("limit=\"body\"");
    }
  }

  /// For the program they are there for as long as it reads what its kernel has got, so it is the
  /// server who counts.
  @Test
  @Spec("HT-60")
  void slowReadersEndInTimeAndHarmNobody() throws IOException {
    try (HttpFixture http = strictServer()) {
      Siege siege = besiege(http, "/large", "-X", "-n1", "-z512", "-w512", "-y1024", "-l8");
      assertThat(siege.answered()).isPositive();
      eventuallyEnded("stall");
    }
  }

  /// Some 2,000 parts that overlap, which nobody has a use for: the whole file is the answer.
  @Test
  @Spec("HT-24")
  void thousandsOfRangesAreAnsweredAtOnce() throws IOException {
    try (HttpFixture http = strictServer()) {
      assertThat(besiege(http, "/medium", "-R", "-t", "GET").said()).contains(ALL_CLOSED);
      assertThat(askedForRanges).hasValue(OFFENDERS);
      assertThat(metrics.scrape())
          .contains("status=\"2xx\"")
          .doesNotContain("status=\"4xx\"", "status=\"5xx\"");
    }
  }

  /// What came of an attack.
  ///
  /// @param said by the program
  /// @param answered how often others had an answer while all offenders were there
  private record Siege(String said, int answered) {}

  /// Has `slowhttptest` open its connections, and asks on others until it ends: when it has none
  /// any more, or when its time is over.
  private Siege besiege(HttpFixture http, String path, String... mode) throws IOException {
    Judge.needs("slowhttptest");
    List<String> command = new ArrayList<>(List.of("slowhttptest", "-u", http.url() + path));
    command.addAll(List.of("-c" + OFFENDERS, "-r200", "-i1", "-l40", "-p10", "-v1"));
    command.addAll(List.of(mode));
    Siege siege;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> running = threads.submit(() -> judge.succeeds(command.toArray(String[]::new)));
      int answered = askWhileItRuns(http, running);
      siege = new Siege(COLOURS.matcher(running.get()).replaceAll(""), answered);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(siege.said())
        .containsPattern("service available: +YES")
        .doesNotContainPattern("service available: +NO");
    eventuallyEmpty(http);
    return siege;
  }

  /// How often it was answered between two looks that both found all offenders.
  private static int askWhileItRuns(HttpFixture http, Future<?> running) throws IOException {
    int answered = 0;
    while (!running.isDone()) {
      boolean before = http.server().active() >= OFFENDERS;
      assertThat(http.ask("GET", "/small").body()).hasSize(SMALL_BYTES);
      answered += before && http.server().active() >= OFFENDERS ? 1 : 0;
      LockSupport.parkNanos(10_000_000);
    }
    return answered;
  }

  private static void eventuallyEmpty(HttpFixture http) {
    Eventually.holds(
        Duration.ofSeconds(10),
        () -> http.server().active() == 0,
        () -> http.server().active() + " connections are left");
  }

  /// The program's own look at the service may be counted too.
  private void eventuallyEnded(String limit) {
    Pattern line = Pattern.compile("timeouts_total\\{limit=\"" + limit + "\"} (\\d+)");
    Eventually.holds(
        Duration.ofSeconds(10),
        () -> {
          Matcher ended = line.matcher(metrics.scrape());
          return ended.find() && Integer.parseInt(ended.group(1)) >= OFFENDERS;
        },
        metrics::scrape);
  }
}
