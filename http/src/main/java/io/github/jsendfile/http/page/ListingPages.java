package io.github.jsendfile.http.page;

import io.github.jsendfile.http.archive.FolderArchives;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.AnswerSink;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.files.FolderPages;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.server.files.DirectoryListing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.TreePath;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/// Answers for directories: their entries as a page, as JSON, as text; all of them as an archive;
/// the question before something is deleted. For any number of threads.
public final class ListingPages implements FolderPages {
  /// Up to so many entries a page is made at once, and its length is told.
  private static final int MOST_AT_ONCE = 500;

  private final FileTree tree;
  private final FolderAbilities abilities;
  private final FolderArchives archives;

  /// Makes the pages of a tree.
  public ListingPages(FileTree tree, FolderAbilities abilities) {
    this.tree = tree;
    this.abilities = abilities;
    this.archives = new FolderArchives(tree);
  }

  /// Shows a directory.
  ///
  /// @throws IOException as [FileTree#list]
  @Override
  public Optional<Answer> answer(Exchange exchange, TreePath folder) throws IOException {
    Query query = Query.parse(exchange.head().target().query());
    Abilities allowed = abilities.of(exchange);
    Optional<String> doomed = query.get("delete");
    if (doomed.isPresent() && allowed.delete()) {
      return Optional.of(atOnce(PageFormat.HTML, out -> DeletePage.write(out, doomed.get())));
    }
    if (allowed.archives() && (query.has("zip") || query.has("tar"))) {
      FolderArchives.Format format =
          query.has("zip") ? FolderArchives.Format.ZIP : FolderArchives.Format.TAR;
      return Optional.of(archives.answer(folder, format));
    }
    FolderReader reader = new FolderReader(tree, folder, query);
    PageFormat format = format(exchange.head(), query);
    return Optional.of(
        format == PageFormat.HTML ? page(reader.read(), allowed) : inFull(reader, format, folder));
  }

  static PageFormat format(RequestHead head, Query query) {
    return PageFormat.choose(
        query, head.fields().value(HttpHeader.ACCEPT), head.fields().value(HttpHeader.USER_AGENT));
  }

  private static Answer page(Listing listing, Abilities allowed) throws IOException {
    return whole(
        PageFormat.HTML, listing.entries().size(), out -> ListingPage.write(out, listing, allowed));
  }

  /// For programs there are no pages: all entries, sorted if they are few, else as they come.
  private Answer inFull(FolderReader reader, PageFormat format, TreePath folder)
      throws IOException {
    Optional<List<Entry>> sorted = reader.sorted();
    if (sorted.isEmpty()) {
      return streamed(reader, format, tree.list(folder));
    }
    Listing heading = reader.heading().withAll(sorted.get());
    return whole(format, heading.entries().size(), out -> writeAll(writer(format, out), heading));
  }

  private static void writeAll(ListingWriter writer, Listing listing) throws IOException {
    writer.begin(listing);
    for (Entry entry : listing.entries()) {
      writer.entry(entry);
    }
    writer.end();
  }

  private static Answer streamed(FolderReader reader, PageFormat format, DirectoryListing entries) {
    AnswerBody.Writer body =
        sink ->
            write(
                sink,
                out -> {
                  ListingWriter writer = writer(format, out);
                  writer.begin(reader.heading());
                  for (Entry e = reader.next(entries); e != null; e = reader.next(entries)) {
                    writer.entry(e);
                  }
                  writer.end();
                });
    return Answer.of(
        200,
        PageFields.of(format),
        new AnswerBody.Written(AnswerBody.UNKNOWN, body, entries::close));
  }

  private static ListingWriter writer(PageFormat format, Writer out) throws IOException {
    return format == PageFormat.JSON ? new ListingJson(out) : new ListingText(out);
  }

  /// What writes a page.
  @FunctionalInterface
  private interface Rendering {
    void writeTo(Writer out) throws IOException;
  }

  private static Answer whole(PageFormat format, int entries, Rendering rendering)
      throws IOException {
    if (entries <= MOST_AT_ONCE) {
      return atOnce(format, rendering);
    }
    AnswerBody body = new AnswerBody.Written(AnswerBody.UNKNOWN, sink -> write(sink, rendering));
    return Answer.of(200, PageFields.of(format), body);
  }

  private static Answer atOnce(PageFormat format, Rendering rendering) throws IOException {
    StringWriter out = new StringWriter();
    rendering.writeTo(out);
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(out.toString());
    return Answer.of(200, PageFields.of(format), new AnswerBody.Bytes(bytes));
  }

  private static void write(AnswerSink sink, Rendering rendering) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(sink.stream(), StandardCharsets.UTF_8));
    rendering.writeTo(out);
    out.flush();
  }
}
