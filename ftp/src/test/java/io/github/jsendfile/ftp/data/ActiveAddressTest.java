package io.github.jsendfile.ftp.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveAddressTest {
  @ParameterizedTest
  @CsvSource({
    "'127,0,0,1,4,1', 127.0.0.1, 1025",
    "'192,168,0,255,255,255', 192.168.0.255, 65535",
    "'1,2,3,4,0,0', 1.2.3.4, 0",
  })
  @Spec("FT-1")
  void readsPort(String argument, String host, int port) {
    assertThat(ActiveAddress.ofPort(argument)).contains(new InetSocketAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127,0,0,1,1",
        "127,0,0,1,1,1,1",
        "256,0,0,1,1,1",
        "127,0,0,-1,1,1",
        "127,0,0,1,1,256",
        "127,0,0,1,256,1",
        "x,0,0,1,1,1",
        "127.0.0.1,1,1",
        "127,0,0,1,1,1.1",
        "127,0,0,1,,1",
        "127,0,0,1,1,99999999999",
        "127,0,0,1,1,١"
      })
  @Spec("FT-8")
  void refusesWhatIsNoPort(String argument) {
    assertThat(ActiveAddress.ofPort(argument)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "|1|127.0.0.1|2000|, 127.0.0.1, 2000",
    "!1!127.0.0.1!2000!, 127.0.0.1, 2000",
    "|2|::1|65535|, ::1, 65535",
    "$2$fe80::1$1$, fe80::1, 1",
  })
  @Spec("FT-4")
  void readsEprt(String argument, String host, int port) {
    assertThat(ActiveAddress.ofEprt(argument).flatMap(ActiveAddress.Extended::address))
        .contains(new InetSocketAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|",
        "||||",
        "|1|127.0.0.1|",
        "|1|127.0.0.1|2000",
        "|1|127.0.0.1|70000|",
        "|1|127.0.0.1|-1|",
        "|1|127.0.0.1|x|",
        "|1|127.0.0.1|2000|x",
        "|1|127.1|2000|",
        "|1|localhost|2000|",
        "|1|1.2.3.256|2000|",
        "|2|127.0.0.1|2000|x",
        "|2|g::1|2000|"
      })
  @Spec({"FT-4", "FT-8"})
  void refusesWhatIsNoEprt(String argument) {
    assertThat(ActiveAddress.ofEprt(argument).flatMap(ActiveAddress.Extended::address)).isEmpty();
  }
}
