package io.github.jsendfile.cli.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/// Gets a new password: asked for on the terminal, twice and without echo, or else the first line
/// of standard input.
final class PasswordPrompt {
  private static final int MOST_BYTES = 4096;

  private PasswordPrompt() {}

  static String read(Terminal terminal, String name) throws IOException {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (console.isPresent()) {
      return ask(console.get(), name);
    }
    if (Terminal.isTerminal(0)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "a password cannot be asked for without echo here; leave standard output on the terminal,"
              + " or give the password on standard input");
    }
    return firstLine(terminal.in());
  }

  private static String ask(Console console, String name) throws CommandFailure {
    char[] password = console.readPassword("password of %s: ", name);
    char[] again = password == null ? null : console.readPassword("once more: ");
    if (password == null || again == null) {
      throw new CommandFailure(ExitCode.USAGE, "no password was given");
    }
    if (!Arrays.equals(password, again)) {
      throw new CommandFailure(ExitCode.USAGE, "the two passwords are not the same");
    }
    return new String(password);
  }

  private static String firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > MOST_BYTES) {
        throw new CommandFailure(ExitCode.USAGE, "the first line of standard input is no password");
      }
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw new CommandFailure(ExitCode.USAGE, "the password is not UTF-8", e);
    }
  }
}
