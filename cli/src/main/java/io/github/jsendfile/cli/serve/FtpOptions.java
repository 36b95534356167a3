package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.argument.TimeLimit;
import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.ftp.FtpServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What only FTP is told.
final class FtpOptions {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

  final OptionGroup group = new OptionGroup("FTP:");

  private final Setting<TimeLimit> loginTimeout =
      group.valued(
          "--login-timeout",
          "TIME",
          TimeLimit::parse,
          "1m",
          "How long a client may take to log in; ${DEFAULT-VALUE} unless told.");

  private final Setting<Boolean> globbing =
      group.flag(
          "--globbing",
          "Have LIST, NLST and STAT take * and ? in the last name of a path, as mget of some clients"
              + " wants it.");

  private final Setting<String> passivePorts =
      group.optional(
          "--passive-ports",
          "FIRST-LAST",
          Function.identity(),
          "Where passive data connections are awaited; any free port unless told.");

  private final Setting<String> masquerade =
      group.optional(
          "--masquerade",
          "ADDRESS",
          Function.identity(),
          "What PASV shows: the address of the router before this machine.");

  void apply(FtpServer.Builder server) throws CommandFailure {
    server.loginTimeout(ServingLimits.orForEver(loginTimeout.get()));
    if (globbing.get()) {
      server.globbing();
    }
    if (passivePorts.given().isPresent()) {
      applyPorts(passivePorts.get(), server);
    }
    if (masquerade.given().isPresent()) {
      server.masqueradeAddress(ipv4(masquerade.get()));
    }
  }

  private static void applyPorts(String ports, FtpServer.Builder server) throws CommandFailure {
    Matcher range = RANGE.matcher(ports);
    if (!range.matches()) {
      throw wrong("--passive-ports", ports, "a range of ports like 50000-50100");
    }
    try {
      server.passivePorts(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
    } catch (IllegalArgumentException e) {
      throw wrong("--passive-ports", ports, "within 1-65535, the less first");
    }
  }

  private static InetAddress ipv4(String text) throws CommandFailure {
    try {
      return Inet4Address.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw wrong("--masquerade", text, "an IPv4 address like 192.0.2.7");
    }
  }

  private static CommandFailure wrong(String option, String value, String right) {
    return new CommandFailure(
        ExitCode.USAGE, option + " is \"" + value + "\"; it must be " + right);
  }
}
