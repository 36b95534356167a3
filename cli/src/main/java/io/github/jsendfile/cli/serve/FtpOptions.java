package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.ftp.FtpServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What only FTP is told.
final class FtpOptions {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

  @Option(
      names = "--passive-ports",
      paramLabel = "FIRST-LAST",
      description = "Where passive data connections are awaited; any free port unless told.")
  private @Nullable String passivePorts;

  @Option(
      names = "--masquerade",
      paramLabel = "ADDRESS",
      description = "What PASV shows: the address of the router before this machine.")
  private @Nullable String masquerade;

  void apply(FtpServer.Builder server) throws CommandFailure {
    if (passivePorts != null) {
      Matcher range = RANGE.matcher(passivePorts);
      if (!range.matches()) {
        throw wrong("--passive-ports", passivePorts, "a range of ports like 50000-50100");
      }
      try {
        server.passivePorts(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
      } catch (IllegalArgumentException e) {
        throw wrong("--passive-ports", passivePorts, "within 1-65535, the less first");
      }
    }
    if (masquerade != null) {
      server.masqueradeAddress(ipv4(masquerade));
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
