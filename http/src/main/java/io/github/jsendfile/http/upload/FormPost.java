package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.RequestBody;
import io.github.jsendfile.http.files.OpenFileCache;
import io.github.jsendfile.http.message.RequestFields;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.RequestPath;
import io.github.jsendfile.http.page.PageFormat;
import io.github.jsendfile.http.page.PartlyStored;
import io.github.jsendfile.http.page.Query;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.jspecify.annotations.Nullable;

/// One POST of a form of the folder's page, whose browser runs no script: files, a new folder, a
/// deletion that was confirmed. A browser is led back to the page.
final class FormPost {
  private static final int MOST_FIELD_BYTES = 4 * 1024;

  private final Exchange exchange;
  private final FileTree tree;
  private final TreePath folder;
  private final RequestPath path;
  private final OpenFileCache cache;

  FormPost(
      Exchange exchange, FileTree tree, TreePath folder, RequestPath path, OpenFileCache cache) {
    this.exchange = exchange;
    this.tree = tree;
    this.folder = folder;
    this.path = path;
    this.cache = cache;
  }

  Answer answer(UploadRules rules, Quotas quotas) throws IOException {
    Optional<String> doomed = Query.parse(exchange.head().target().query()).get("delete");
    if (doomed.isPresent()) {
      return delete(doomed.get());
    }
    String type = exchange.head().fields().value(HttpHeader.CONTENT_TYPE);
    return switch (mediaType(type)) {
      case "multipart/form-data" -> files(MultiPart.extractBoundary(type), rules, quotas);
      case "application/x-www-form-urlencoded" -> makeFolder();
      default -> Status.of(Status.UNSUPPORTED_MEDIA_TYPE);
    };
  }

  private static String mediaType(@Nullable String field) {
    return field == null ? "" : field.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private Answer delete(String name) throws IOException {
    exchange.require(Right.DELETE);
    TreePath target = child(name);
    return target == null ? Status.of(Status.BAD_REQUEST) : delete(target);
  }

  private Answer delete(TreePath target) throws IOException {
    int status = Folders.delete(tree, target);
    cache.forget(tree, target);
    return status == Status.NO_CONTENT ? back() : Status.of(status);
  }

  private Answer files(@Nullable String boundary, UploadRules rules, Quotas quotas)
      throws IOException {
    exchange.require(Right.STORE);
    if (boundary == null || boundary.isEmpty()) {
      return Status.of(Status.BAD_REQUEST);
    }
    try (Quotas.Share share = quotas.share(exchange, tree);
        FormUpload form = new FormUpload(tree, folder, rules, exchange.body(), share)) {
      form.receive(boundary);
      form.stored().forEach(name -> cache.forget(tree, folder.child(name)));
      if (!form.refused().isEmpty()) {
        return PartlyStored.answer(address(), form.refused(), form.stored(), format());
      }
      return format() == PageFormat.HTML
          ? back()
          : Answer.ofText(Status.CREATED, String.join("\n", form.stored()) + "\n");
    }
  }

  private Answer makeFolder() throws IOException {
    exchange.require(Right.MAKE_DIRECTORY);
    TreePath made = child(Query.parse(text(exchange.body())).get("folder").orElse("").strip());
    if (made == null) {
      return Status.of(Status.BAD_REQUEST);
    }
    try {
      tree.createDirectory(made);
      return back();
    } catch (FileAlreadyExistsException e) {
      return Status.of(Status.CONFLICT);
    } catch (NoSuchFileException e) {
      tree.facts(folder); // is not there either
      return Status.of(Status.FORBIDDEN); // a name that clients cannot have
    }
  }

  /// @return null if that is no name
  private @Nullable TreePath child(String name) {
    RequestPath decoded = RequestPath.decode("/" + RequestPath.encode(name));
    return decoded != null && decoded.names().size() == 1 ? folder.child(name) : null;
  }

  private static String text(RequestBody body) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_FIELD_BYTES);
    while (body.read(bytes) >= 0) {
      if (!bytes.hasRemaining()) {
        throw new BodyException(
            Status.CONTENT_TOO_LARGE, "more than a name", MOST_FIELD_BYTES, null);
      }
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  /// `./` would be the same, but for clients that do not resolve it.
  private Answer back() {
    return Status.of(Status.SEE_OTHER, "Location", address());
  }

  private String address() {
    String address = path.encoded();
    return address.endsWith("/") ? address : address + "/";
  }

  private PageFormat format() {
    RequestHead head = exchange.head();
    RequestFields fields = head.fields();
    return PageFormat.choose(
        Query.parse(head.target().query()),
        fields.value(HttpHeader.ACCEPT),
        fields.value(HttpHeader.USER_AGENT));
  }
}
