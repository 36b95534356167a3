package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.data.Outcome;
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
  void command(@Nullable String user, CommandLine line, int code, Instant began) {
    if (log == null || code < 200) {
      return;
    }
    String shown = line.forLog();
    String word = line.verb().map(Verb::word).orElse(line.word());
    String target = shown.startsWith(word + " ") ? shown.substring(word.length() + 1) : "";
    Duration elapsed = Duration.between(began, Instant.now());
    log.accept(
        new AccessEntry(
            began, client, user, word, target, PROTOCOL, code, 0, 0, elapsed, null, null, null,
            null));
  }

  /// A transfer and the reply behind it.
  void transfer(String user, TransferName name, Outcome outcome, Reply reply) {
    if (log == null) {
      return;
    }
    boolean receives = name.verb().isUpload();
    log.accept(
        new AccessEntry(
            Instant.now().minus(outcome.elapsed()),
            client,
            user,
            name.verb().word(),
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
