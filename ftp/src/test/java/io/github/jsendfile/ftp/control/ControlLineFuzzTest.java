package io.github.jsendfile.ftp.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jsendfile.ftp.data.ActiveAddress;
import io.github.jsendfile.ftp.listing.OneLine;
import io.github.jsendfile.ftp.listing.Wildcard;
import io.github.jsendfile.ftp.wire.ControlInput;
import io.github.jsendfile.ftp.wire.ControlReader;
import io.github.jsendfile.ftp.wire.Reply;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.testkit.Spec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;

/// Whatever octets a client sends: lines within their bound, arguments that are taken or refused,
/// paths that stay below the home. The build runs the corpus; `JAZZER_FUZZ=1` looks for more.
class ControlLineFuzzTest {
  @FuzzTest(maxDuration = "2m")
  @Spec({"FT-46", "FT-43"})
  void octetsBecomeLinesOrRefusals(byte[] octets) throws IOException {
    ControlReader reader = new ControlReader(Channels.newChannel(new ByteArrayInputStream(octets)));
    TreePath directory = TreePath.ROOT;
    for (ControlInput input = reader.next();
        !(input instanceof ControlInput.End);
        input = reader.next()) {
      if (input instanceof ControlInput.Line line) {
        directory = carryOut(CommandLine.parse(line.text()), line.text(), directory);
      }
    }
  }

  private static TreePath carryOut(CommandLine command, String line, TreePath directory) {
    assertThat(line.length()).isLessThanOrEqualTo(ControlReader.MAX_LINE_BYTES);
    assertThat(line).doesNotContain("\n");
    String argument = command.argument();
    ActiveAddress.ofPort(argument).ifPresent(address -> assertThat(address).isNotNull());
    ActiveAddress.ofEprt(argument)
        .flatMap(ActiveAddress.Extended::address)
        .ifPresent(address -> assertThat(address.isUnresolved()).isFalse());
    Wildcard.of(argument).matches(line);
    assertThat(Reply.of(550, line).onTheWire().indexOf('\n'))
        .isEqualTo(Reply.of(550, line).onTheWire().length() - 1);
    assertThat(OneLine.of(argument)).hasSameSizeAs(argument);
    assertThat(command.forLog()).doesNotContain("\n");
    return resolve(directory, argument);
  }

  private static TreePath resolve(TreePath directory, String argument) {
    try {
      TreePath path = directory.resolve(argument);
      assertThat(path.names()).doesNotContain("..", ".", "").noneMatch(name -> name.contains("/"));
      assertThat(path.startsWith(TreePath.ROOT)).isTrue();
      return path;
    } catch (InvalidPathException e) {
      assertThat(argument).contains("\0");
      return directory;
    }
  }
}
