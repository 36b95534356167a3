package io.github.jsendfile.ftp.session;

import io.github.jsendfile.ftp.data.Outcome;
import io.github.jsendfile.ftp.wire.Reply;
import io.github.jsendfile.server.log.AccessEntry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes each command and each transfer to the access log, with its reply. Never a password.
final class CommandLog {
  private static final String PROTOCOL = "FTP";

  private final @Nullable Consumer<AccessEntry> log;
  private final InetAddress client;

  CommandLog(@Nullable Consumer<AccessEntry> log, InetAddress client) {
    this.log = log;
    this.client = client;
  }

  /// A command and the reply to it. A transfer that has begun is logged at its end.
  ///
  /// @param verb what it was taken for
  /// @param target its argument as a log may show it
  void command(@Nullable String user, String verb, String target, int code, Instant began) {
    if (log == null || code < 200) {
      return;
    }
    Duration elapsed = Duration.between(began, Instant.now());
    log.accept(
        new AccessEntry(
            began, client, user, verb, target, PROTOCOL, code, 0, 0, elapsed, null, null, null,
            null));
  }

  /// A transfer and the reply behind it.
  void transfer(String user, TransferName name, Outcome outcome, Reply reply) {
    if (log == null) {
      return;
    }
    boolean receives = name.content() == TransferName.Content.FILE_IN;
    log.accept(
        new AccessEntry(
            Instant.now().minus(outcome.elapsed()),
            client,
            user,
            name.verb(),
            name.path().toString(),
            PROTOCOL,
            reply.code(),
            receives ? 0 : outcome.bytes(),
            receives ? outcome.bytes() : 0,
            outcome.elapsed(),
            outcome.mechanism(),
            null,
            null,
            outcome.isComplete() ? null : reply.text()));
  }
}
