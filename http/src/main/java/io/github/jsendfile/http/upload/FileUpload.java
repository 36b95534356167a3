package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.server.files.Durability;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.NewFile;
import io.github.jsendfile.server.files.PartialFiles;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One PUT: the whole of a file, or what follows behind a part that is there.
final class FileUpload {
  private final Exchange exchange;
  private final FileTree tree;
  private final TreePath target;
  private final UploadRules rules;
  private final Quotas quotas;
  private final Conditions conditions;
  private final PartialFiles partials;
  private final String token;

  FileUpload(
      Exchange exchange,
      FileTree tree,
      TreePath target,
      UploadRules rules,
      Quotas quotas,
      Conditions conditions) {
    this.exchange = exchange;
    this.tree = tree;
    this.target = target;
    this.rules = rules;
    this.quotas = quotas;
    this.conditions = conditions;
    this.partials = new PartialFiles(tree);
    this.token = UploadAddress.token(exchange, target);
  }

  Answer answer() throws IOException {
    String range = exchange.head().fields().value("Content-Range");
    Part part = range == null ? Part.WHOLE : Part.parse(range, exchange.body().length());
    if (part == null) {
      return Status.of(Status.BAD_REQUEST); // a part must not be taken for the whole
    }
    FileFacts present = Conditions.factsIfThere(tree, target);
    int refusal = refusal(present, part);
    if (refusal != 0) {
      return Status.of(refusal);
    }
    OptionalLong kept = range == null ? OptionalLong.empty() : partials.length(target, token);
    return range == null || kept.orElse(0) == part.first()
        ? receive(part, present)
        : Status.withOffset(Status.CONFLICT, kept.orElse(0));
  }

  /// What speaks against an upload before its first byte, or 0.
  private int refusal(@Nullable FileFacts present, Part part) throws IOException {
    if (present != null && !present.isRegular()) {
      return Status.CONFLICT;
    }
    if (!conditions.hold(exchange.head(), present)) {
      return Status.PRECONDITION_FAILED;
    }
    if (present != null && rules.existing() == Existing.KEEP) {
      return Status.CONFLICT;
    }
    long length = exchange.body().length();
    if (length > rules.mostBytes() || part.total() > rules.mostBytes()) {
      return Status.CONTENT_TOO_LARGE;
    }
    return length > tree.usableSpace() ? Status.INSUFFICIENT_STORAGE : 0;
  }

  private Answer receive(Part part, @Nullable FileFacts present) throws IOException {
    try (Quotas.Share share = quotas.share(exchange, tree);
        NewFile file = part.first() == 0 ? tree.create(target) : partials.resume(target, token)) {
      long before = file.channel().size();
      receive(part, file, share);
      share.store(file.channel().size() - before);
      if (part.isLast()) {
        return commit(file, present);
      }
      long length = file.channel().size();
      file.keep(token, Durability.SYNCED);
      return Status.withOffset(Status.ACCEPTED, length);
    } catch (FileAlreadyExistsException e) {
      return Status.of(mustBeNew() ? Status.PRECONDITION_FAILED : Status.CONFLICT);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Status.of(Folders.noPlace(tree, target));
    }
  }

  private void receive(Part part, NewFile file, Quotas.Share share) throws IOException {
    try {
      Receipt receipt = new Receipt(exchange.body(), share, rules.mostBytes());
      long received = receipt.receive(file.channel(), part.first());
      if (part.length() != Part.UNKNOWN && received != part.length()) {
        throw new BodyException(Status.BAD_REQUEST, "not the length it said", received, null);
      }
    } catch (BodyException e) {
      keep(e, file, share, part.first());
      throw e;
    }
  }

  /// What has broken off can be gone on with, what was refused cannot. Nobody was told how much it
  /// is: thousands that break off at once do not wait for the disk.
  private void keep(BodyException failure, NewFile file, Quotas.Share share, long before)
      throws IOException {
    boolean brokeOff =
        failure.status() == Status.BAD_REQUEST || failure.status() == Status.REQUEST_TIMEOUT;
    long length = file.channel().size();
    if (brokeOff && length > 0) {
      share.store(length - before);
      file.keep(token, Durability.WRITTEN);
    }
  }

  /// Gives the file its name, unless what had it has changed while the body came.
  private Answer commit(NewFile file, @Nullable FileFacts present) throws IOException {
    if (!conditions.hold(exchange.head(), Conditions.factsIfThere(tree, target))) {
      return Status.of(Status.PRECONDITION_FAILED);
    }
    FileFacts facts =
        file.commit(mustBeNew() ? Existing.KEEP : rules.existing(), Durability.SYNCED);
    partials.delete(target, token);
    int status = present == null ? Status.CREATED : Status.NO_CONTENT;
    return Status.of(status, "ETag", Conditions.entityTag(facts));
  }

  private boolean mustBeNew() {
    return exchange.head().fields().value("If-None-Match") != null;
  }
}
