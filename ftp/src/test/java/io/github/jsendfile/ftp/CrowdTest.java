package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.Spec;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Many sessions, many transfers at once. `-Dftp.crowd.sessions=1000 -Dftp.crowd.transfers=300
/// -Dftp.crowd.bytes=10485760` is the size the specification names; the build runs a tenth of it.
@ExtendWith(LeakCheck.class)
class CrowdTest {
  private static final int SESSIONS = Integer.getInteger("ftp.crowd.sessions", 100);
  private static final int TRANSFERS = Integer.getInteger("ftp.crowd.transfers", 30);
  private static final int BYTES = Integer.getInteger("ftp.crowd.bytes", 1024 * 1024);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path root;

  @Test
  @Spec("FT-60")
  void everyByteIsRight() throws Exception {
    byte[] content = new byte[BYTES];
    new Random(6).nextBytes(content);
    CRC32C expected = new CRC32C();
    expected.update(content);
    try (FtpFixture ftp = FtpFixture.over(root)) {
      ftp.file("file", content);
      LeakCheck.Snapshot before = LeakCheck.now();
      List<Dialogue> sessions = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        sessions.add(ftp.binary());
      }
      assertThat(ftp.server().active()).isEqualTo(SESSIONS);
      CountDownLatch start = new CountDownLatch(1);
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Long>> sums = new ArrayList<>();
        for (int i = 0; i < TRANSFERS; i++) {
          Dialogue session = sessions.get(i);
          String name = "up-" + i;
          Callable<Long> transfer =
              i % 2 == 0
                  ? () -> download(session, start)
                  : () -> upload(session, name, content, start);
          sums.add(clients.submit(transfer));
        }
        start.countDown();
        for (Future<Long> sum : sums) {
          assertThat(sum.get()).isEqualTo(expected.getValue());
        }
      }
      for (Dialogue session : sessions) {
        assertThat(session.say("NOOP")).startsWith("200 ");
        session.close();
      }
      Eventually.holds(PATIENCE, () -> ftp.server().active() == 0, () -> "sessions stay");
      before.assertNothingLeaked();
    }
  }

  private static long download(Dialogue session, CountDownLatch start) throws Exception {
    start.await();
    try (Socket data = session.passive()) {
      assertThat(session.say("RETR file")).startsWith("1");
      CRC32C sum = new CRC32C();
      try (InputStream in = new CheckedInputStream(data.getInputStream(), sum)) {
        in.skipNBytes(BYTES);
        assertThat(in.read()).isNegative();
      }
      assertThat(session.reply()).startsWith("226 ");
      return sum.getValue();
    }
  }

  private long upload(Dialogue session, String name, byte[] content, CountDownLatch start)
      throws Exception {
    start.await();
    try (Socket data = session.passive()) {
      assertThat(session.say("STOR " + name)).startsWith("1");
      OutputStream out = data.getOutputStream();
      for (int from = 0; from < content.length; from += 65536) {
        out.write(content, from, Math.min(65536, content.length - from));
      }
    }
    assertThat(session.reply()).startsWith("226 ");
    CRC32C sum = new CRC32C();
    sum.update(Files.readAllBytes(root.resolve(name)));
    Files.delete(root.resolve(name));
    return sum.getValue();
  }
}
