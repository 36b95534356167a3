package io.github.jsendfile.ftp.session;

import io.github.jsendfile.FileTruncatedException;
import io.github.jsendfile.PeerStalledException;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.ftp.FtpEvents;
import io.github.jsendfile.ftp.data.IncompleteUploadException;
import io.github.jsendfile.ftp.data.Outcome;
import io.github.jsendfile.ftp.wire.FileReplies;
import io.github.jsendfile.ftp.wire.Reply;
import io.github.jsendfile.server.users.Account;
import java.io.IOException;
import java.nio.file.FileSystemException;

/// Tells how a transfer ended: the client by a reply, the embedding program by an event, the
/// operator by the log.
final class TransferReport {
  private final Settings settings;
  private final Account account;
  private final TransferName name;
  private final CommandLog log;

  TransferReport(Settings settings, Account account, TransferName name, CommandLog log) {
    this.log = log;
    this.settings = settings;
    this.account = account;
    this.name = name;
  }

  private static Reply reply(Outcome outcome) {
    return switch (outcome.end()) {
      case COMPLETED -> Reply.of(226, "Transfer complete.");
      case NO_CONNECTION -> Reply.of(425, "Can't open data connection.");
      case ABORTED -> Reply.of(426, "Transfer aborted; " + bytes(outcome));
      case FAILED -> outcome.failure().map(e -> reply(e, outcome)).orElseThrow();
    };
  }

  /// 426 when the data connection failed, 451 when the file did, 452 when the disk is full.
  private static Reply reply(IOException e, Outcome outcome) {
    if (FileReplies.isNoSpace(e)) {
      return Reply.of(452, "No space left; " + bytes(outcome));
    }
    return switch (e) {
      case PeerStalledException _ -> Reply.of(426, "Data connection timed out; " + bytes(outcome));
      case IncompleteUploadException _ ->
          Reply.of(451, "Less came than ALLO announced; " + bytes(outcome));
      case FileSystemException file -> FileReplies.of(file);
      case TransferException transfer when isOfFile(transfer) ->
          Reply.of(451, "The file failed; " + bytes(outcome));
      default -> Reply.of(426, "Transfer aborted; " + bytes(outcome));
    };
  }

  private static boolean isOfFile(TransferException e) {
    return e.getClass() == TransferException.class || e instanceof FileTruncatedException;
  }

  private static String bytes(Outcome outcome) {
    return outcome.bytes() + " bytes transmitted.";
  }

  /// Tells the log and the embedding program.
  ///
  /// @return what the client is to be told
  Reply tell(Outcome outcome) {
    tellEvents(outcome);
    if (outcome.failure().orElse(null) instanceof PeerStalledException) {
      settings.watching().timeouts().accept("stall");
    }
    Reply reply = reply(outcome);
    log.transfer(account.name(), name, outcome, reply);
    return reply;
  }

  private void tellEvents(Outcome outcome) {
    FtpEvents.File file =
        new FtpEvents.File(
            account.name(),
            name.verb(),
            name.path(),
            outcome.bytes(),
            outcome.elapsed(),
            outcome.mechanism());
    switch (name.content()) {
      case FILE_OUT -> tell(outcome, () -> settings.events().fileSent(file), file);
      case FILE_IN -> tell(outcome, () -> settings.events().fileReceived(file), file);
      case LIST -> {}
    }
  }

  private void tell(Outcome outcome, Runnable completed, FtpEvents.File file) {
    if (outcome.isComplete()) {
      completed.run();
    } else {
      settings.events().transferBroken(file);
    }
  }
}
