package io.github.jsendfile.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jsendfile.testkit.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {
  @Test
  @Spec("FT-10")
  void oneLine() {
    assertThat(Reply.of(200, "Fine.").onTheWire()).isEqualTo("200 Fine.\r\n");
  }

  @Test
  @Spec("FT-10")
  void manyLines() {
    assertThat(Reply.of(211, "Begin:", List.of("a", "211 b"), "End.").onTheWire())
        .isEqualTo("211-Begin:\r\n a\r\n 211 b\r\n211 End.\r\n");
  }

  @Test
  @Spec({"FT-10", "FT-43"})
  void aNameBeginsNoReplyOfItsOwn() {
    assertThat(Reply.of(550, "a\r\n230 b").onTheWire()).isEqualTo("550 a??230 b\r\n");
  }
}
