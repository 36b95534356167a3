package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.Method;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.RequestPath;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.plan.FilePlanner;
import io.github.jsendfile.http.plan.Preconditions;
import io.github.jsendfile.http.plan.Variant;
import io.github.jsendfile.server.DirectoryEntry;
import io.github.jsendfile.server.DirectoryListing;
import io.github.jsendfile.server.Durability;
import io.github.jsendfile.server.Existing;
import io.github.jsendfile.server.FileFacts;
import io.github.jsendfile.server.FileTree;
import io.github.jsendfile.server.NewFile;
import io.github.jsendfile.server.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers PUT, DELETE and MKCOL; refuses what another site's page asks for. An upload gets its
/// name in one step when it is complete and on the disk; one that breaks off leaves nothing.
/// Leaves everything else to the next service. For any number of threads.
public final class UploadService implements Service {
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int MISDIRECTED_REQUEST = 421;

  private final FileTree tree;
  private final UploadOptions options;
  private final FilePlanner planner;
  private final Preconditions preconditions;
  private final OwnHosts hosts;

  /// Makes the service.
  ///
  /// @param planner judges conditions on a file that is there
  /// @param preconditions judges those on one that is not
  public UploadService(
      FileTree tree, UploadOptions options, FilePlanner planner, Preconditions preconditions) {
    this.tree = tree;
    this.options = options;
    this.planner = planner;
    this.preconditions = preconditions;
    this.hosts = new OwnHosts(options.hostNames());
  }

  @Override
  public Optional<Answer> answer(Exchange exchange) throws IOException {
    RequestHead head = exchange.head();
    if (!hosts.include(head.authority())) {
      return status(MISDIRECTED_REQUEST);
    }
    Method method = Method.of(head.method());
    if (method == null || !method.writes()) {
      return Optional.empty();
    }
    if (!OriginGuard.allows(head)) {
      return status(FORBIDDEN);
    }
    RequestPath path = RequestPath.decode(head.target().path());
    return path == null ? status(BAD_REQUEST) : status(write(method, exchange, path));
  }

  private int write(Method method, Exchange exchange, RequestPath path) throws IOException {
    TreePath target = TreePath.parse("/" + String.join("/", path.names()));
    return switch (method) {
      case PUT -> put(exchange, target, path.endsWithSlash());
      case DELETE -> delete(exchange.head(), target);
      case MKCOL -> makeFolder(exchange.head(), target);
      default -> METHOD_NOT_ALLOWED;
    };
  }

  private static Optional<Answer> status(int status) {
    return Optional.of(Answer.of(status, ResponseFields.NONE));
  }

  private int put(Exchange exchange, TreePath target, boolean isFolder) throws IOException {
    if (exchange.head().fields().value("Content-Range") != null) {
      return BAD_REQUEST; // RFC 9110, 14.5: a part must not be taken for the whole
    }
    FileFacts present = factsIfThere(target);
    int refusal = refusal(exchange, present, isFolder);
    return refusal != 0 ? refusal : receive(exchange, target, present != null);
  }

  /// What speaks against an upload before its first byte, or 0.
  private int refusal(Exchange exchange, @Nullable FileFacts present, boolean isFolder) {
    if (isFolder || (present != null && !present.isRegular())) {
      return CONFLICT;
    }
    if (!holds(exchange.head(), present)) {
      return PRECONDITION_FAILED;
    }
    if (present != null && options.existing() == Existing.KEEP) {
      return CONFLICT;
    }
    return exchange.body().length() > options.mostBytes() ? CONTENT_TOO_LARGE : 0;
  }

  private int receive(Exchange exchange, TreePath target, boolean wasThere) throws IOException {
    boolean mustBeNew = exchange.head().fields().value("If-None-Match") != null;
    try (NewFile file = tree.create(target)) {
      exchange.body().receive(file.channel(), 0, options.mostBytes());
      file.commit(mustBeNew ? Existing.KEEP : options.existing(), Durability.SYNCED);
      return wasThere ? NO_CONTENT : CREATED;
    } catch (FileAlreadyExistsException e) {
      return mustBeNew ? PRECONDITION_FAILED : CONFLICT;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return CONFLICT; // RFC 4918, 9.7.1: there is no folder to put it in
    }
  }

  private boolean holds(RequestHead head, @Nullable FileFacts present) {
    if (present == null || !present.isRegular()) {
      return preconditions.evaluate(head, null) == Preconditions.Outcome.PROCEED;
    }
    List<Variant> variants = List.of(Variant.plain(present.size(), present.lastModified()));
    int status = planner.plan(head, planner.resource("*/*", variants)).status();
    return status != PRECONDITION_FAILED;
  }

  private @Nullable FileFacts factsIfThere(TreePath path) throws IOException {
    try {
      return tree.facts(path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    }
  }

  private int delete(RequestHead head, TreePath target) throws IOException {
    if (target.isRoot()) {
      return FORBIDDEN;
    }
    if (!holds(head, tree.facts(target))) {
      return PRECONDITION_FAILED;
    }
    try {
      deleteTree(target);
      return NO_CONTENT;
    } catch (DirectoryNotEmptyException e) {
      return CONFLICT; // of files that are hidden, or came while it was emptied
    }
  }

  /// A link is deleted itself, never what it leads to: only a real folder is not empty.
  private void deleteTree(TreePath path) throws IOException {
    try {
      tree.delete(path);
    } catch (DirectoryNotEmptyException e) {
      for (TreePath child : children(path)) {
        deleteTree(child);
      }
      tree.delete(path);
    }
  }

  private List<TreePath> children(TreePath folder) throws IOException {
    List<TreePath> children = new ArrayList<>();
    try (DirectoryListing listing = tree.list(folder)) {
      for (DirectoryEntry entry = listing.next(); entry != null; entry = listing.next()) {
        if (entry.isReachable()) {
          children.add(folder.child(entry.name()));
        }
      }
    }
    return children;
  }

  private int makeFolder(RequestHead head, TreePath target) throws IOException {
    if (head.hasBody()) {
      return UNSUPPORTED_MEDIA_TYPE; // RFC 4918, 9.3
    }
    if (factsIfThere(target) != null) {
      return METHOD_NOT_ALLOWED;
    }
    try {
      tree.createDirectory(target);
      return CREATED;
    } catch (FileAlreadyExistsException e) {
      return METHOD_NOT_ALLOWED;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return CONFLICT;
    }
  }
}
