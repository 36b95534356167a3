package io.github.jsendfile.cli;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.cli.argument.Address;
import io.github.jsendfile.cli.argument.ByteSize;
import io.github.jsendfile.cli.argument.Conversion;
import io.github.jsendfile.cli.argument.Rate;
import io.github.jsendfile.cli.argument.Spelling;
import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.Diagnosis;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.Terminal;
import io.github.jsendfile.cli.console.Version;
import io.github.jsendfile.cli.doctor.DoctorCommand;
import io.github.jsendfile.cli.serve.ServeCommand;
import io.github.jsendfile.cli.serve.ServingJvm;
import io.github.jsendfile.cli.serve.Settings;
import io.github.jsendfile.cli.transfer.ReceiveCommand;
import io.github.jsendfile.cli.transfer.SendCommand;
import io.github.jsendfile.cli.transfer.Sha256;
import io.github.jsendfile.cli.user.UserCommand;
import io.github.jsendfile.server.users.Rights;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Where the command begins.
public final class Main {
  private static final int NARROWEST_HELP = 55; // picocli throws at less
  private static final int WIDEST_HELP = 100;
  private static final String COMPLETION = "generate-completion";

  private static final OptionSpec.Builder HELP =
      OptionSpec.builder("-h", "--help")
          .usageHelp(true)
          .description("Show this help message and exit.");
  private static final OptionSpec.Builder VERSION =
      OptionSpec.builder("-V", "--version")
          .versionHelp(true)
          .description("Print version information and exit.");

  private Main() {}

  /// Runs the command and ends the process with its exit code.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (first.equals("serve")) {
      ServingJvm.prepare();
      ServingJvm.warmUp();
    } else if (first.equals(Rehearsal.ARGUMENT)) {
      ServingJvm.prepare();
      Rehearsal.run();
    }
    System.exit(run(Terminal.ofProcess(), arguments));
  }

  /// Runs the command.
  ///
  /// @return its exit code
  static int run(Terminal terminal, String... arguments) {
    return run(terminal, System.getenv(), arguments);
  }

  /// Runs the command in an environment.
  ///
  /// @return its exit code
  static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
    CommandLine main = commandLine(terminal, arguments);
    try {
      Settings settings = Settings.of(arguments, environment);
      main.getSubcommands().values().stream()
          .filter(command -> command.getCommand() instanceof ServeCommand)
          .forEach(serve -> serve.setDefaultValueProvider(settings));
    } catch (IOException e) {
      return failed(e, terminal);
    }
    return main.execute(arguments);
  }

  private static CommandLine commandLine(Terminal terminal, String... arguments) {
    CommandLine main = new CommandLine(new JsendfileCommand().spec());
    Map<String, Supplier<Object>> all = subcommands(terminal);
    // to read the annotations of all is a large part of a start
    boolean known =
        arguments.length > 0 && !arguments[0].equals(COMPLETION) && all.containsKey(arguments[0]);
    if (known) {
      all.keySet().retainAll(Set.of(arguments[0]));
    }
    all.forEach((name, command) -> main.addSubcommand(name, command.get()));
    main.setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(Math.clamp(terminal.columns(), NARROWEST_HELP, WIDEST_HELP))
        .setParameterExceptionHandler((failure, _) -> misused(failure, terminal))
        .setExecutionExceptionHandler((failure, _, _) -> failed(failure, terminal));
    convert(main, Rights.class, UserCommand::rights);
    convert(main, ByteSize.class, ByteSize::parse);
    convert(main, Rate.class, Rate::parse);
    convert(main, TimeLimit.class, TimeLimit::parse);
    convert(main, Sha256.class, Sha256::parse);
    convert(main, Mechanism.class, Mechanism::of);
    convert(main, Address.class, Address::parsePeer);
    Optional.ofNullable(main.getSubcommands().get("receive"))
        .ifPresent(receive -> convert(receive, Address.class, Address::parseListener));
    describe(main);
    return main;
  }

  /// In the order of `--help`.
  private static Map<String, Supplier<Object>> subcommands(Terminal terminal) {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("send", () -> new SendCommand(terminal));
    all.put("receive", () -> new ReceiveCommand(terminal));
    all.put("serve", () -> new ServeCommand(terminal).spec());
    all.put("user", () -> new UserCommand(terminal));
    all.put("doctor", () -> new DoctorCommand(terminal));
    all.put(COMPLETION, AutoComplete.GenerateCompletion::new);
    return all;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static <T> void convert(CommandLine command, Class<T> type, Function<String, T> parse) {
    command.registerConverter(type, Conversion.by(parse));
  }

  private static void describe(CommandLine command) {
    command.getSubcommands().values().forEach(Main::describe);
    CommandSpec spec = command.getCommandSpec();
    if (!spec.mixinStandardHelpOptions()) { // as that would do, but without reflection
      spec.addOption(HELP.build()).addOption(VERSION.build());
    }
    spec.versionProvider(Version::lines);
    UsageMessageSpec usage = spec.usageMessage();
    usage
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.table());
  }

  private static int misused(ParameterException failure, Terminal terminal) {
    String message =
        failure instanceof UnmatchedArgumentException unmatched
            ? surplus(unmatched)
            : Diagnosis.oneLine(failure);
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String help = " (see " + command + " --help)";
    terminal.err().println("jsendfile: " + source(failure) + message + help);
    return ExitCode.USAGE.value;
  }

  /// Whoever has typed something sees it; what else is wrong is to be found.
  private static String source(ParameterException failure) {
    return failure.getCommandLine().getDefaultValueProvider() instanceof Settings settings
            && failure.getArgSpec() != null
            && failure.getValue() != null
        ? settings
            .source(failure.getArgSpec(), failure.getValue())
            .map(source -> source + ": ")
            .orElse("")
        : "";
  }

  private static String surplus(UnmatchedArgumentException failure) {
    Set<String> commands = failure.getCommandLine().getSubcommands().keySet();
    String first = failure.getUnmatched().getFirst();
    if (!commands.isEmpty() && !first.startsWith("-")) {
      return "there is no command \"" + first + "\"; " + String.join(", ", commands) + " are";
    }
    Set<String> options = failure.getCommandLine().getCommandSpec().optionsMap().keySet();
    return Diagnosis.oneLine(failure)
        + Spelling.nearest(first.replaceFirst("=.*", ""), options)
            .map(option -> "; did you mean " + option + "?")
            .orElse("");
  }

  private static int failed(Exception failure, Terminal terminal) {
    Diagnosis diagnosis = Diagnosis.of(failure);
    diagnosis.print(terminal.err());
    return diagnosis.exitCode().value;
  }
}
