package io.github.jsendfile.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "jsendfile",
    header = "Moves and serves files over sockets, inside the kernel where that is possible.",
    synopsisSubcommandLabel = "COMMAND",
    description = {"", "Sizes are written 4096, 64KiB, 8MiB or 1GB; times 500ms, 30s, 2m or none."},
    footer = {
      "",
      "Examples:",
      "  jsendfile serve ~/Videos                     a file server, http://localhost:8080/",
      "  jsendfile receive 9000 copy.img              on one terminal, and on another",
      "  jsendfile send disk.img 127.0.0.1:9000",
      "  jsendfile doctor                             what works on this machine",
      "  source <(jsendfile generate-completion)      completion for bash and zsh",
      "",
      "Every command explains itself: jsendfile send --help"
    })
final class JsendfileCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(
        commandLine, "which command? serve, user, send, receive or doctor");
  }
}
