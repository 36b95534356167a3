package io.github.jsendfile.http.upload;

import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.RequestBody;
import io.github.jsendfile.server.files.Durability;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.files.NewFile;
import io.github.jsendfile.server.path.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// One form with files (RFC 7578), each of which gets its name as soon as it is complete. A file
/// that cannot have its name is passed over, and the others are stored.
final class FormUpload implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MOST_HEADER_BYTES = 8 * 1024;
  private static final int MOST_NAMED = 100;

  private final FileTree tree;
  private final TreePath folder;
  private final UploadRules rules;
  private final Receipt receipt;
  private final Quotas.Share share;
  private final RequestBody body;
  private final List<String> stored = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private boolean nameless;
  private @Nullable NewFile file;
  private long length;

  FormUpload(
      FileTree tree, TreePath folder, UploadRules rules, RequestBody body, Quotas.Share share) {
    this.tree = tree;
    this.folder = folder;
    this.rules = rules;
    this.body = body;
    this.share = share;
    this.receipt = new Receipt(body, share, rules.mostBytes());
  }

  /// Stores what it brings.
  ///
  /// @throws BodyException if it is no such form, or breaks off; files before that are stored
  void receive(String boundary) throws IOException {
    Parts parts = new Parts();
    MultiPart.Parser parser = new MultiPart.Parser(boundary, parts);
    parser.setMaxParts(-1);
    parser.setPartHeadersMaxLength(MOST_HEADER_BYTES);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (body.read(buffer.clear()) >= 0) {
      parser.parse(Content.Chunk.from(buffer.flip(), false));
      parts.throwFailure();
    }
    parser.parse(Content.Chunk.EOF);
    parts.throwFailure();
  }

  /// The names of the files that are there now.
  List<String> stored() {
    return stored;
  }

  /// The names of those that could not have them, the first hundred.
  List<String> refused() {
    return refused;
  }

  private void begin(String sentName) throws IOException {
    close(); // of a part with two names
    String name = FileNames.clean(sentName);
    nameless = name.isEmpty();
    if (nameless) {
      return; // nothing was chosen, unless there is content
    }
    try {
      TreePath path = folder.child(name);
      if (Conditions.mayBeWritten(tree, path, rules.existing())) {
        file = tree.create(path);
        length = 0;
      } else {
        refuse(name);
      }
    } catch (NoSuchFileException e) {
      tree.facts(folder); // is not there either
      refuse(name); // hidden, or too long
    }
  }

  private void refuse(String name) {
    if (refused.size() <= MOST_NAMED) {
      refused.add(refused.size() == MOST_NAMED ? "…" : name);
    }
  }

  private void write(ByteBuffer piece) throws IOException {
    if (nameless && piece.hasRemaining()) {
      nameless = false;
      refuse("(no name)");
    }
    if (file != null) {
      int count = piece.remaining();
      receipt.write(piece, file.channel(), length);
      length += count;
    }
  }

  private void end() throws IOException {
    nameless = false; // what follows may be a field that is no file
    NewFile complete = file;
    if (complete == null) {
      return;
    }
    try (complete) {
      file = null;
      complete.commit(rules.existing(), Durability.SYNCED);
      share.store(length);
      stored.add(complete.path().name());
    } catch (FileAlreadyExistsException e) {
      refuse(complete.path().name()); // another was faster
    }
  }

  /// Deletes a file that is not complete.
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /// What the parser tells. It swallows exceptions, so the first one is kept.
  private final class Parts implements MultiPart.Parser.Listener {
    private @Nullable IOException failure;

    private void attempt(Step step) {
      if (failure != null) {
        return;
      }
      try {
        step.run();
      } catch (IOException e) {
        failure = e;
      }
    }

    private void throwFailure() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void onPartHeader(String name, String value) {
      String fileName = name.equalsIgnoreCase("Content-Disposition") ? FileNames.of(value) : null;
      if (fileName != null) {
        attempt(() -> begin(fileName));
      }
    }

    @Override
    public void onPartContent(Content.Chunk chunk) {
      attempt(() -> write(chunk.getByteBuffer()));
    }

    @Override
    public void onPartEnd() {
      attempt(FormUpload.this::end);
    }

    @Override
    public void onFailure(Throwable cause) {
      attempt(
          () -> {
            throw new BodyException(Status.BAD_REQUEST, "no such form", 0, cause);
          });
    }
  }

  /// What may fail.
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
