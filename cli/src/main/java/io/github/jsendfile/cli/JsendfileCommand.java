package io.github.jsendfile.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What `jsendfile` says without a subcommand.
final class JsendfileCommand implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("jsendfile");

  JsendfileCommand() {
    spec.usageMessage()
        .header("Moves and serves files over sockets, inside the kernel where that is possible.")
        .synopsisSubcommandLabel("COMMAND")
        .description(
            "", "Sizes are written 4096, 64KiB, 8MiB or 1GB; times 500ms, 30s, 2m or none.")
        .footer(
            "",
            "Examples:",
            "  jsendfile serve ~/Videos                     a file server, http://localhost:8080/",
            "  jsendfile receive 9000 copy.img              on one terminal, and on another",
            "  jsendfile send disk.img 127.0.0.1:9000",
            "  jsendfile doctor                             what works on this machine",
            "  source <(jsendfile generate-completion)      completion for bash and zsh",
            "",
            "Every command explains itself: jsendfile send --help");
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "which command? serve, user, send, receive or doctor");
  }
}
