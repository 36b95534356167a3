package io.github.jsendfile.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// ABOR, in each state of a transfer.
class AbortTest extends TransferSetUp {
  @Test
  @Spec("FT-23")
  void aborWithoutATransfer() throws IOException {
    assertThat(client.say("ABOR")).isEqualTo("225 No transfer to abort.");
    client.passivePort();
    assertThat(client.say("ABOR")).isEqualTo("225 ABOR command successful; data channel closed.");
    assertThat(client.say("ABOR")).isEqualTo("225 No transfer to abort.");
    ftp.file("a", new byte[1]);
    assertThat(client.download("RETR a")).hasSize(1);
    assertThat(client.say("ABOR")).isEqualTo("225 No transfer to abort.");
  }

  @Test
  @Spec("FT-23")
  void aborWhileSending() throws IOException {
    sparse("big", 1L << 30);
    try (Socket data = client.passive()) {
      assertThat(client.say("RETR big")).startsWith("1");
      assertThat(data.getInputStream().readNBytes(100_000)).hasSize(100_000);
      assertThat(client.say("STAT")).contains("Data connection open:");
      assertThat(client.say("NOOP")).startsWith("200 ");
      assertThat(client.say("ABOR")).startsWith("426 Transfer aborted; ");
      assertThat(client.reply()).isEqualTo("226 ABOR command successful.");
    }
    assertThat(ftp.broken()).hasSize(1);
    assertThat(client.say("NOOP")).startsWith("200 ");
  }

  @Test
  @Spec("FT-23")
  void aborWhileReceivingAndWhileWaiting() throws IOException {
    try (Socket data = client.passive()) {
      assertThat(client.say("STOR a")).startsWith("1");
      data.getOutputStream().write(content);
      assertThat(client.say("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
    assertThat(client.say("STOR a")).startsWith("150 ");
    assertThat(client.say("ABOR")).startsWith("426 ");
    assertThat(client.reply()).startsWith("226 ");
    assertThat(files()).isEmpty();
  }

  @Test
  @Spec("FT-23")
  void aborClosesThePortOfATransferThatWaits() throws IOException {
    int port = client.passivePort();
    assertThat(client.say("STOR a")).startsWith("150 ");
    assertThat(client.say("ABOR")).startsWith("426 ");
    assertThat(client.reply()).startsWith("226 ");
    assertThatThrownBy(() -> new Socket(client.socket().getInetAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  @Spec("FT-23")
  void aborBehindTelnetSynch() throws IOException {
    sparse("big", 1L << 30);
    client.socket().sendUrgentData(0xf4);
    client.socket().sendUrgentData(0xff);
    assertThat(client.say("abor")).startsWith("225 ");
    try (Socket data = client.passive()) {
      assertThat(client.say("RETR big")).startsWith("1");
      assertThat(data.getInputStream().readNBytes(1000)).hasSize(1000);
      client.send(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff});
      client.socket().sendUrgentData(0xf2);
      assertThat(client.say("ABOR")).startsWith("426 ");
      assertThat(client.reply()).startsWith("226 ");
    }
  }

  @Test
  @Spec("FT-23")
  void aborBehindCommandsThatWaitForTheEnd() throws IOException {
    sparse("big", 1L << 30);
    try (Socket data = client.passive()) {
      assertThat(client.say("RETR big")).startsWith("1");
      assertThat(data.getInputStream().readNBytes(1000)).hasSize(1000);
      client.send("EPSV\r\nNOOP");
      client.send(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff, (byte) 0xf2});
      assertThat(client.say("abor")).startsWith("426 ");
      assertThat(client.reply()).startsWith("229 ");
      assertThat(client.reply()).startsWith("200 ");
      assertThat(client.reply()).startsWith("225 ");
    }
  }

  @Test
  @Spec({"FT-23", "FT-61"})
  void aClientThatGoesEndsATransferThatACommandWaitsFor() throws IOException {
    sparse("big", 1L << 30);
    try (Socket data = client.passive()) {
      assertThat(client.say("RETR big")).startsWith("1");
      assertThat(data.getInputStream().readNBytes(1000)).hasSize(1000);
      client.send("EPSV");
      client.socket().close();
      Awaitility.await().until(() -> ftp.broken().size() == 1);
    }
  }

  private void sparse(String name, long size) throws IOException {
    try (var file = new java.io.RandomAccessFile(root.resolve(name).toFile(), "rw")) {
      file.setLength(size);
    }
  }

  private java.util.List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
