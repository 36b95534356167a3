package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.files.OpenFileCache;
import io.github.jsendfile.http.message.Method;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.RequestPath;
import io.github.jsendfile.http.plan.FilePlanner;
import io.github.jsendfile.http.plan.Preconditions;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Account;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.util.Optional;

/// Answers PUT, POST, DELETE and MKCOL; refuses what another site's page asks for. An upload gets
/// its name in one step when it is complete and on the disk; of one that breaks off nothing is
/// visible, and it can be gone on with. Leaves everything else to the next service. For any number
/// of threads.
public final class UploadService implements Service {
  private final FileTree tree;
  private final OpenFileCache cache;
  private final UploadRules rules;
  private final Quotas quotas;
  private final Conditions conditions;
  private final OwnHosts hosts;

  /// Makes the service.
  ///
  /// @param tree what those see who have no account
  /// @param cache what is told of changes
  /// @param planner judges conditions on a file that is there
  /// @param preconditions judges those on one that is not
  public UploadService(
      FileTree tree,
      OpenFileCache cache,
      UploadRules rules,
      Quotas quotas,
      FilePlanner planner,
      Preconditions preconditions) {
    this.tree = tree;
    this.cache = cache;
    this.rules = rules;
    this.quotas = quotas;
    this.conditions = new Conditions(planner, preconditions);
    this.hosts = new OwnHosts(rules.hostNames());
  }

  @Override
  public Optional<Answer> answer(Exchange exchange) throws IOException {
    RequestHead head = exchange.head();
    if (!hosts.include(head.authority())) {
      return Optional.of(Status.of(Status.MISDIRECTED_REQUEST));
    }
    Method method = Method.of(head.method());
    if (method == null || !isOurs(method, exchange)) {
      return Optional.empty();
    }
    if (method.writes() && !OriginGuard.allows(head)) {
      return Optional.of(Status.of(Status.FORBIDDEN));
    }
    RequestPath path = RequestPath.decode(head.target().path());
    return Optional.of(
        path == null ? Status.of(Status.BAD_REQUEST) : answer(method, exchange, path));
  }

  private static boolean isOurs(Method method, Exchange exchange) {
    return method.writes() || (method == Method.HEAD && UploadAddress.isAskedFor(exchange));
  }

  private Answer answer(Method method, Exchange exchange, RequestPath path) throws IOException {
    Account account = exchange.account();
    FileTree files = account == null ? tree : account.files();
    TreePath target = TreePath.parse("/" + String.join("/", path.names()));
    try {
      return answer(method, exchange, files, target, path);
    } finally {
      cache.forget(files, target);
    }
  }

  private Answer answer(
      Method method, Exchange exchange, FileTree files, TreePath target, RequestPath path)
      throws IOException {
    return switch (method) {
      case HEAD -> describe(exchange, files, target);
      case PUT -> put(exchange, files, target, path.endsWithSlash());
      case POST -> post(exchange, files, target, path);
      case DELETE -> delete(exchange, files, target);
      case MKCOL -> makeFolder(exchange, files, target);
      default -> Status.notAllowed(method);
    };
  }

  private static Answer describe(Exchange exchange, FileTree files, TreePath target)
      throws IOException {
    exchange.require(Right.STORE);
    return UploadAddress.describe(exchange, files, target);
  }

  private Answer put(Exchange exchange, FileTree files, TreePath target, boolean isFolder)
      throws IOException {
    exchange.require(Right.STORE);
    return isFolder
        ? Status.of(Status.CONFLICT)
        : new FileUpload(exchange, files, target, rules, quotas, conditions).answer();
  }

  private Answer post(Exchange exchange, FileTree files, TreePath target, RequestPath path)
      throws IOException {
    return files.facts(target).isDirectory()
        ? new FormPost(exchange, files, target, path, cache).answer(rules, quotas)
        : Status.notAllowed(Method.POST);
  }

  private Answer delete(Exchange exchange, FileTree files, TreePath target) throws IOException {
    if (UploadAddress.isAskedFor(exchange)) {
      exchange.require(Right.STORE);
      return UploadAddress.delete(exchange, files, target);
    }
    exchange.require(Right.DELETE);
    FileFacts present = Conditions.factsIfThere(files, target);
    return present == null || conditions.hold(exchange.head(), present)
        ? Status.of(Folders.delete(files, target))
        : Status.of(Status.PRECONDITION_FAILED);
  }

  private static Answer makeFolder(Exchange exchange, FileTree files, TreePath target)
      throws IOException {
    exchange.require(Right.MAKE_DIRECTORY);
    return Folders.make(exchange.head(), files, target);
  }
}
