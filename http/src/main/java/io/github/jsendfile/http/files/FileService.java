package io.github.jsendfile.http.files;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.RequestPath;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.plan.ContentCoding;
import io.github.jsendfile.http.plan.FilePlanner;
import io.github.jsendfile.http.plan.MediaTypes;
import io.github.jsendfile.http.plan.Piece;
import io.github.jsendfile.http.plan.Plan;
import io.github.jsendfile.http.plan.Variant;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.path.FileFacts;
import io.github.jsendfile.server.path.TreePath;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers GET and HEAD with the files of a tree.
public final class FileService implements Service {
  private static final System.Logger LOG = System.getLogger(FileService.class.getPackageName());
  private static final int MOVED_PERMANENTLY = 301;
  private static final int BAD_REQUEST = 400;
  private static final int MOST_ATTEMPTS = 5;

  private final FileTree tree;
  private final OpenFileCache cache;
  private final FilePlanner planner;
  private final MediaTypes mediaTypes;
  private final List<String> indexNames;
  private final FolderPages folders;

  /// Makes the service.
  ///
  /// @param indexNames the files that stand for a directory, the first that is there
  /// @param folders answers for directories without one
  public FileService(
      FileTree tree,
      OpenFileCache cache,
      FilePlanner planner,
      MediaTypes mediaTypes,
      List<String> indexNames,
      FolderPages folders) {
    this.tree = tree;
    this.cache = cache;
    this.planner = planner;
    this.mediaTypes = mediaTypes;
    this.indexNames = List.copyOf(indexNames);
    this.folders = folders;
  }

  @Override
  public Optional<Answer> answer(Exchange exchange) throws IOException {
    RequestPath path = RequestPath.decode(exchange.head().target().path());
    if (path == null) {
      return Optional.of(Answer.of(BAD_REQUEST, ResponseFields.NONE));
    }
    TreePath file = treePath(path);
    return path.endsWithSlash() || file.isRoot()
        ? folder(exchange, file)
        : Optional.of(fileOrRedirect(exchange, path, file));
  }

  /// The same path for the tree: its names are none that could lead elsewhere.
  static TreePath treePath(RequestPath path) {
    return path.names().isEmpty()
        ? TreePath.ROOT
        : TreePath.parse("/" + String.join("/", path.names()));
  }

  private Answer fileOrRedirect(Exchange exchange, RequestPath path, TreePath file)
      throws IOException {
    RequestHead head = exchange.head();
    if (!exchange.allows(Right.RETRIEVE) && isDirectory(file)) {
      return redirect(head, path);
    }
    exchange.require(Right.RETRIEVE);
    try {
      return file(head, file);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw e;
    } catch (FileSystemException e) {
      if (isDirectory(file)) {
        return redirect(head, path);
      }
      throw e;
    }
  }

  private boolean isDirectory(TreePath path) {
    try {
      return tree.facts(path).isDirectory();
    } catch (IOException e) {
      return false;
    }
  }

  /// Relative links of the page need the slash.
  private static Answer redirect(RequestHead head, RequestPath path) {
    String query = head.target().query();
    String location = path.encoded() + "/" + (query == null ? "" : "?" + query);
    ResponseFields fields = ResponseFields.builder().add("Location", location).build();
    return Answer.of(MOVED_PERMANENTLY, fields);
  }

  private Optional<Answer> folder(Exchange exchange, TreePath folder) throws IOException {
    for (String name : exchange.allows(Right.RETRIEVE) ? indexNames : List.<String>of()) {
      Answer index = fileIfThere(exchange.head(), folder.child(name));
      if (index != null) {
        return Optional.of(index);
      }
    }
    exchange.require(Right.CHANGE_DIRECTORY);
    exchange.require(Right.LIST);
    return folders.answer(exchange, folder);
  }

  private @Nullable Answer fileIfThere(RequestHead head, TreePath path) throws IOException {
    try {
      return file(head, path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    } catch (FileSystemException e) {
      if (isDirectory(path)) {
        return null;
      }
      throw e;
    }
  }

  /// Answers with a file, whatever path the request has.
  ///
  /// @throws IOException as [FileTree#open]
  public Answer file(RequestHead head, TreePath path) throws IOException {
    for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      Answer answer = tryFile(head, path);
      if (answer != null) {
        return answer;
      }
    }
    throw new FileSystemException(path.toString(), null, "changes all the time");
  }

  private @Nullable Answer tryFile(RequestHead head, TreePath path) throws IOException {
    CachedFile file = cache.open(tree, path, this::suffixes);
    boolean handedOver = false;
    try {
      Variants variants = variants(file);
      Plan plan = planner.plan(head, variants.resource());
      if (plan.pieces().isEmpty()) {
        return Answer.of(plan.status(), plan.fields());
      }
      if (plan.coding() != ContentCoding.IDENTITY) {
        return coded(plan, file, variants);
      }
      Answer answer = answer(plan, file);
      handedOver = answer.body() instanceof AnswerBody.Parts;
      return answer;
    } finally {
      if (!handedOver) {
        file.close();
      }
    }
  }

  /// From a neighbour, if it is still what the plan was made for.
  private @Nullable Answer coded(Plan plan, CachedFile file, Variants variants) throws IOException {
    TreePath path = neighbour(file.path(), plan.coding());
    CachedFile neighbour = openIfThere(path);
    boolean handedOver = false;
    try {
      FileFacts planned = variants.neighbours().get(plan.coding());
      if (neighbour == null || planned == null || !neighbour.facts().isSameContent(planned)) {
        file.forgetVariants();
        return null;
      }
      Answer answer = answer(plan, neighbour);
      handedOver = answer.body() instanceof AnswerBody.Parts;
      return answer;
    } finally {
      if (neighbour != null && !handedOver) {
        neighbour.close();
      }
    }
  }

  /// Answers with a file that need not be of the tree.
  ///
  /// @throws NoSuchFileException if it is not there
  /// @throws FileSystemException if it is no regular file
  public Answer ownFile(RequestHead head, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "is no regular file");
    }
    Variant variant = Variant.plain(attributes.size(), attributes.lastModifiedTime().toInstant());
    String mediaType = mediaTypes.of(String.valueOf(file.getFileName()));
    Plan plan = planner.plan(head, planner.resource(mediaType, List.of(variant)));
    if (plan.pieces().isEmpty()) {
      return Answer.of(plan.status(), plan.fields());
    }
    FileChannel channel = FileChannel.open(file);
    AnswerBody body =
        new AnswerBody.Parts(
            parts(plan, part -> FileRegion.of(channel, part.position(), part.length())),
            plan.bodyLength(),
            channel::close);
    return Answer.of(plan.status(), plan.fields(), body);
  }

  private @Nullable CachedFile openIfThere(TreePath path) throws IOException {
    try {
      return cache.open(tree, path, this::suffixes);
    } catch (FileSystemException e) {
      return null;
    }
  }

  /// Bytes of a small file leave with the head; everything else goes by zero-copy.
  private static Answer answer(Plan plan, CachedFile file) throws IOException {
    if (plan.pieces().size() == 1 && plan.pieces().getFirst() instanceof Piece.FilePart part) {
      ByteBuffer content = file.content();
      if (content != null) {
        ByteBuffer bytes = content.slice((int) part.position(), (int) part.length());
        return Answer.of(plan.status(), plan.fields(), new AnswerBody.Bytes(bytes));
      }
    }
    AnswerBody body =
        new AnswerBody.Parts(parts(plan, file::region), plan.bodyLength(), file::close);
    return Answer.of(plan.status(), plan.fields(), body);
  }

  private static List<Object> parts(Plan plan, Function<Piece.FilePart, FileRegion> region) {
    List<Object> parts = new ArrayList<>(plan.pieces().size());
    for (Piece piece : plan.pieces()) {
      parts.add(
          switch (piece) {
            case Piece.Text text -> text.buffer();
            case Piece.FilePart part -> region.apply(part);
          });
    }
    return parts;
  }

  private Variants variants(CachedFile file) {
    Variants known = file.variants();
    if (known == null) {
      known = look(file);
      file.keep(known);
    }
    return known;
  }

  private Variants look(CachedFile file) {
    String mediaType = mediaTypes.of(file.path().name());
    List<Variant> variants = new ArrayList<>(1);
    variants.add(Variant.plain(file.facts().size(), file.facts().lastModified()));
    Map<ContentCoding, FileFacts> neighbours =
        isWorthCoding(mediaType) ? neighbours(file) : Map.of();
    neighbours.forEach(
        (coding, facts) -> variants.add(new Variant(coding, facts.size(), facts.lastModified())));
    return new Variants(planner.resource(mediaType, variants), neighbours);
  }

  /// Nobody codes what is coded already, so nobody need look for it.
  private static boolean isWorthCoding(String mediaType) {
    return mediaType.startsWith("image/svg")
        || !(mediaType.startsWith("image/")
            || mediaType.startsWith("video/")
            || mediaType.startsWith("audio/"));
  }

  private List<String> suffixes(TreePath path) {
    return isWorthCoding(mediaTypes.of(path.name())) ? ContentCoding.SUFFIXES : List.of();
  }

  private Map<ContentCoding, FileFacts> neighbours(CachedFile file) {
    Map<ContentCoding, FileFacts> found = new EnumMap<>(ContentCoding.class);
    Map<String, FileFacts> beside = beside(file);
    for (ContentCoding coding : ContentCoding.values()) {
      FileFacts facts = beside.get(coding.suffix());
      if (facts != null) {
        found.put(coding, facts);
      }
    }
    return found;
  }

  private Map<String, FileFacts> beside(CachedFile file) {
    Map<String, FileFacts> known = file.beside();
    if (known != null) {
      return known;
    }
    try {
      return tree.beside(file.path(), ContentCoding.SUFFIXES);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "beside {0}: {1}", file.path(), e.getMessage());
      return Map.of();
    }
  }

  private static TreePath neighbour(TreePath path, ContentCoding coding) {
    return path.parent().child(path.name() + coding.suffix());
  }
}
