package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.session.Settings;
import io.github.jsendfile.ftp.wire.ControlInput;
import io.github.jsendfile.ftp.wire.ControlReader;
import io.github.jsendfile.ftp.wire.FileReplies;
import io.github.jsendfile.ftp.wire.RefusedException;
import io.github.jsendfile.server.listener.Connection;
import io.github.jsendfile.server.listener.SocketStatus;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.file.FileSystemException;
import java.time.Instant;

/// Serves one control connection: greets, reads lines, carries them out, until one side ends it.
public final class ControlConnection {
  private final Connection connection;
  private final Session session;
  private final ControlReader reader;

  private ControlConnection(Connection connection, Session session) {
    this.connection = connection;
    this.session = session;
    this.reader = new ControlReader(connection.channel());
  }

  /// Serves a connection until it is over.
  public static void serve(Connection connection, Settings settings) throws IOException {
    // ABOR comes behind urgent bytes, which would otherwise be taken out of its line
    connection.channel().socket().setOOBInline(true);
    connection.channel().setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    try (Session session = new Session(connection, settings)) {
      settings.events().connected(connection.remote());
      new ControlConnection(connection, session).serve();
    } finally {
      settings.events().disconnected(connection.remote());
    }
  }

  private void serve() throws IOException {
    session.reply(220, session.settings().banner());
    session.setIdleDeadline();
    while (!session.isQuitting() && waitForLine()) {
      switch (reader.next()) {
        case ControlInput.Line line -> carryOut(line);
        case ControlInput.TooLong _ -> reply(500, "Command too long.");
        case ControlInput.Undecodable _ -> reply(501, "Can't decode command: it is not UTF-8.");
        case ControlInput.End _ -> {
          return;
        }
      }
    }
    if (!session.isQuitting()) {
      session.reply(421, "The server ends.");
    }
  }

  /// Lets a drain end the connection while nothing is under way.
  private boolean waitForLine() {
    return reader.hasMore() || session.runningTransfer() != null || connection.idle();
  }

  private void carryOut(ControlInput.Line line) throws IOException {
    if (!connection.busy()) {
      throw new IOException("the server ends");
    }
    if (session.runningTransfer() == null) {
      session.setIdleDeadline();
    }
    CommandLine command = CommandLine.parse(line.text());
    Instant began = Instant.now();
    try {
      run(command);
    } catch (RefusedException e) {
      session.reply(e.reply());
    } catch (FileSystemException e) {
      session.reply(FileReplies.of(e));
    } finally {
      log(command, began);
    }
  }

  private void log(CommandLine line, Instant began) {
    String shown = line.forLog();
    String verb = line.verb().map(Verb::word).orElse(line.word());
    String target = shown.startsWith(verb + " ") ? shown.substring(verb.length() + 1) : "";
    session.log(verb, target, began);
  }

  private void run(CommandLine line) throws IOException {
    Verb verb =
        line.verb()
            .orElseThrow(
                () -> new RefusedException(500, "Command \"" + line.word() + "\" not understood."));
    Command command =
        verb.command()
            .orElseThrow(() -> new RefusedException(502, verb.word() + " is not implemented."));
    String objection = verb.argument().objection(line.argument());
    if (!objection.isEmpty()) {
      throw new RefusedException(501, objection);
    }
    boolean listsByReply = verb == Verb.STAT && !line.argument().isEmpty();
    if ((verb.access() == Access.LOGIN || listsByReply) && !session.isLoggedIn()) {
      throw new RefusedException(530, Session.LOG_IN_FIRST);
    }
    if (verb.turn() == Turn.AFTER_TRANSFER) {
      session.awaitMovingTransfer(this::wantsNoMore);
    }
    command.run(session, line.argument());
  }

  /// Whether the client has given the transfer up, behind a command that waits for its end: ABOR
  /// has come, whose reply is given in its turn, or nothing more will.
  private boolean wantsNoMore() {
    try {
      reader.readAhead(connection.channel().socket().getInputStream().available());
      return reader.holds(Verb.ABOR.word())
          || (!reader.hasMore() && SocketStatus.hasPeerEnded(connection.channel()));
    } catch (IOException e) {
      return true;
    }
  }

  private void reply(int code, String text) throws IOException {
    session.reply(code, text);
  }
}
