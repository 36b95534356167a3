package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jsendfile.testkit.Eventually;
import io.github.jsendfile.testkit.LeakCheck;
import io.github.jsendfile.testkit.OddFiles;
import io.github.jsendfile.testkit.Pattern;
import io.github.jsendfile.testkit.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The JDK's own TLS socket as a target. Its close waits for its write, which makes it the
/// hardest to stop.
@ExtendWith(LeakCheck.class)
@ParameterizedClass
@EnumSource(ThreadKind.class)
@Timeout(30)
@Spec("SF-32")
class TlsTargetTest {
  private static final String PASSWORD = "changeit";
  private static final int SIZE = 1024 * 1024;

  @Parameter ThreadKind thread;

  @TempDir static Path directory;
  private static SSLContext context;
  private static Path file;
  private SSLServerSocket server;
  private SSLSocket sending;
  private SSLSocket receiving;

  @BeforeAll
  static void makeKeyAndFile() throws IOException, GeneralSecurityException, InterruptedException {
    file = OddFiles.in(directory).ofSize(SIZE);
    Path path = directory.resolve("keys.p12");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", "test"));
    command.addAll(List.of("-dname", "CN=localhost", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", path.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    keytool.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(path)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    context = contextOf(keys);
  }

  private static SSLContext contextOf(KeyStore keys) throws GeneralSecurityException {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return made;
  }

  @BeforeEach
  void connect() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, loopback);
    server.setReceiveBufferSize(64 * 1024);
    Future<SSLSocket> accepting = ThreadKind.PLATFORM.start(this::accept);
    sending = (SSLSocket) context.getSocketFactory().createSocket(loopback, server.getLocalPort());
    sending.setSendBufferSize(64 * 1024);
    sending.startHandshake();
    receiving = ThreadKind.get(accepting);
  }

  private SSLSocket accept() throws IOException {
    SSLSocket accepted = (SSLSocket) server.accept();
    accepted.startHandshake();
    return accepted;
  }

  @AfterEach
  void disconnect() throws IOException {
    receiving.close();
    sending.close();
    server.close();
  }

  @Test
  void getsAll() throws Exception {
    Future<byte[]> received =
        ThreadKind.PLATFORM.start(() -> receiving.getInputStream().readAllBytes());
    Transfer transfer = thread.run(() -> FileSender.defaults().send(FileRegion.of(file), sending));
    sending.close();
    assertThat(transfer.bytesSent()).isEqualTo(SIZE);
    assertThat(transfer.mechanism()).isEqualTo(Mechanism.BUFFERED_COPY);
    assertThat(ThreadKind.get(received)).isEqualTo(Pattern.bytes(0, SIZE));
  }

  @Test
  @Spec({"SF-53", "SF-56a"})
  void isStoppedWhenItsPeerStalls() throws Exception {
    FileSender limited = FileSender.builder().stallTimeout(Duration.ofMillis(150)).build();
    PeerStalledException failure =
        catchThrowableOfType(
            PeerStalledException.class,
            () -> thread.run(() -> limited.send(FileRegion.of(file), sending)));
    assertThat(failure).isNotNull();
    assertThat(failure.bytesTransferred()).isBetween(1L, SIZE - 1L);
    Eventually.holds(
        Duration.ofSeconds(5), () -> sending.isClosed(), () -> "the socket stays open");
  }
}
