package io.github.jsendfile.http;

import static java.util.Objects.requireNonNull;

import io.github.jsendfile.http.connection.HttpConnections;
import io.github.jsendfile.http.connection.SendingLimits;
import io.github.jsendfile.http.connection.TimeLimits;
import io.github.jsendfile.http.exchange.Exchange;
import io.github.jsendfile.http.exchange.Service;
import io.github.jsendfile.http.files.FileService;
import io.github.jsendfile.http.files.FolderPages;
import io.github.jsendfile.http.files.OpenFileCache;
import io.github.jsendfile.http.login.LoginService;
import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.message.ResponseHead;
import io.github.jsendfile.http.message.ResponseHead.Persistence;
import io.github.jsendfile.http.page.Abilities;
import io.github.jsendfile.http.page.ListingPages;
import io.github.jsendfile.http.plan.FilePlanner;
import io.github.jsendfile.http.plan.MediaTypes;
import io.github.jsendfile.server.ServerBuilder;
import io.github.jsendfile.server.ServerOptions;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.FileTree;
import io.github.jsendfile.server.listener.Deadlines;
import io.github.jsendfile.server.listener.Listener;
import io.github.jsendfile.server.listener.Refusal;
import io.github.jsendfile.server.log.Metrics;
import io.github.jsendfile.server.users.Authorizer;
import io.github.jsendfile.server.users.Right;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An HTTP server for the files of a directory: ranges, conditions and listings, large files by
/// zero-copy. One virtual thread serves a connection.
///
/// ```java
/// try (FileTree files = FileTree.of(directory);
///     HttpFileServer server = HttpFileServer.builder(files).port(8080).start()) {
///   ...
/// }
/// ```
///
/// Speaks HTTP/1.1 and 1.0 (RFC 9110, 9112). Thread-safe.
public final class HttpFileServer implements AutoCloseable {
  /// Of this class, so that whoever initialises it early has the tables of HTTP read early.
  private static final MediaTypes USUAL_TYPES = MediaTypes.standard();

  private final Deadlines deadlines;
  private final OpenFileCache cache;
  private final @Nullable Uploads uploads;
  private final Listener listener;

  private HttpFileServer(Builder builder) throws IOException {
    ServerOptions options = builder.common();
    deadlines = Deadlines.start();
    cache = new OpenFileCache(builder.openFiles, System::nanoTime);
    HttpClock clock = new HttpClock(InstantSource.system());
    FilePlanner planner = new FilePlanner(clock, builder.fields());
    HomeServices homes =
        new HomeServices(builder.files, tree -> builder.fileService(tree, cache, planner));
    uploads =
        builder.uploads == null
            ? null
            : Uploads.start(builder.uploads, builder.files, cache, planner, clock);
    Service service =
        builder.service(
            new HandledService(builder.handler, uploads == null ? null : uploads.service(), homes));
    CrossOrigin crossOrigin = new CrossOrigin(builder.crossOrigins);
    ResponseHead heads = new ResponseHead(clock, builder.serverField);
    HttpConnections connections =
        new HttpConnections(
            crossOrigin.of(new ErrorPagesAdded(service)),
            crossOrigin.of(ErrorAnswersFromPages.INSTANCE),
            new AnswersLogged(options),
            heads,
            SendingLimits.of(options.sender(), options.downloads()),
            builder.timeLimits(),
            deadlines);
    try {
      listener =
          Listener.builder("http", options, connections)
              .refusal(reason -> refusal(reason, heads))
              .start();
    } catch (IOException | RuntimeException e) {
      end();
      throw e;
    }
    options.showNumbers(this::show, this::close);
  }

  private void show(Metrics metrics) {
    listener.tell(metrics, "http");
    metrics.gauge("http_open_files", "Files kept open between requests.", cache::size);
    metrics.total("http_open_file_hits", "Requests that found their file open.", cache::hits);
    metrics.total("http_open_file_misses", "Requests that did not.", cache::misses);
  }

  private static byte[] refusal(Refusal reason, ResponseHead heads) {
    int status = reason == Refusal.NOT_ADMITTED ? 429 : 503;
    ResponseFields fields =
        ResponseFields.builder().add("Retry-After", "5").add("Content-Length", "0").build();
    ByteBuffer head = ByteBuffer.allocate(heads.length(status, fields, Persistence.CLOSE));
    heads.write(status, fields, Persistence.CLOSE, head);
    return head.array();
  }

  /// Options of a server.
  ///
  /// @param files what it serves; not closed by the server
  /// @return a builder: loopback, any free port, listings, no log
  public static Builder builder(FileTree files) {
    return new Builder(requireNonNull(files, "files"));
  }

  /// Where it listens.
  ///
  /// @return address and actual port
  public InetSocketAddress address() {
    return listener.address();
  }

  /// The port it listens on.
  ///
  /// @return the actual port
  public int port() {
    return address().getPort();
  }

  /// How many connections are open.
  ///
  /// @return a count
  public int active() {
    return listener.active();
  }

  /// Ends in peace: accepts no more, ends connections that wait for a request, waits for answers
  /// under way, and aborts what is left when the time is over.
  ///
  /// @param limit how long answers may go on; zero aborts them at once
  /// @return whether all ended by themselves
  public boolean drain(Duration limit) {
    boolean inPeace = listener.drain(limit);
    end();
    return inPeace;
  }

  /// Ends at once.
  @Override
  public void close() {
    listener.close();
    end();
  }

  private void end() {
    if (uploads != null) {
      uploads.close();
    }
    deadlines.close();
    cache.close();
  }

  /// Options, checked when they are set. Not thread-safe.
  public static final class Builder extends ServerBuilder<Builder> {
    private final FileTree files;
    private @Nullable HttpHandler handler;
    private @Nullable Authorizer authorizer;
    private @Nullable UploadOptions uploads;
    private final Set<String> crossOrigins = new LinkedHashSet<>();
    private @Nullable String serverField = "JSendfile";
    private final ResponseFields.Builder fields = ResponseFields.builder();
    private final Map<String, String> mediaTypes = new HashMap<>();
    private List<String> indexNames = List.of("index.html");
    private boolean listings = true;
    private int openFiles = 1024;
    private Duration headTimeout = TimeLimits.DEFAULT.head();
    private Duration bodyTimeout = TimeLimits.DEFAULT.body();
    private @Nullable String healthPath;
    private @Nullable String metricsPath;

    private Builder(FileTree files) {
      super(TimeLimits.DEFAULT.idle(), TimeLimits.DEFAULT.stall());
      this.files = files;
    }

    @Override
    protected Builder self() {
      return this;
    }

    private ServerOptions common() {
      return options();
    }

    /// Who is asked before the files are.
    ///
    /// @param handler called by many threads at once
    /// @return this builder
    public Builder handler(HttpHandler handler) {
      this.handler = requireNonNull(handler, "handler");
      return this;
    }

    /// Who may ask, and what is theirs: clients prove who they are with a name and a password. The
    /// rights count as in FTP: `r` for files, `e` and `l` for directories, the others for what
    /// changes files. Everybody may do what the server does at all, if not set.
    ///
    /// @param authorizer asked with every request
    /// @return this builder
    public Builder users(Authorizer authorizer) {
      this.authorizer = requireNonNull(authorizer, "authorizer");
      return this;
    }

    /// Takes uploads, makes folders and deletes; without this it only reads. Pages of other sites
    /// cannot use it so, and requests for a host that is not this one are refused. What the files
    /// hold is shown by browsers as content of no site (`Content-Security-Policy: sandbox`), unless
    /// [#header] sets that field.
    ///
    /// @param options what uploads may do
    /// @return this builder
    public Builder uploads(UploadOptions options) {
      this.uploads = requireNonNull(options, "options");
      return this;
    }

    /// Lets pages of another origin read (CORS). They never write.
    ///
    /// @param origin for example `https://app.example`, or `*` for all; may be called again
    /// @return this builder
    /// @throws IllegalArgumentException if it is no origin
    public Builder crossOrigin(String origin) {
      crossOrigins.add(CrossOrigin.check(origin));
      return this;
    }

    /// Answers 200 at a path, for whoever watches the server; nobody need log in for it.
    ///
    /// @param path begins with a slash
    /// @return this builder
    /// @throws IllegalArgumentException if it does not
    public Builder healthPath(String path) {
      this.healthPath = StatusPages.check("healthPath", path);
      return this;
    }

    /// Tells at a path what the [#metrics] have counted, to whoever may ask anything at all; see
    /// [MetricsServer] for a port of their own.
    ///
    /// @param path begins with a slash
    /// @return this builder
    /// @throws IllegalArgumentException if it does not
    public Builder metricsPath(String path) {
      this.metricsPath = StatusPages.check("metricsPath", path);
      return this;
    }

    /// What the field `Server` says.
    ///
    /// @param product ASCII; empty for no such field
    /// @return this builder
    public Builder serverField(String product) {
      this.serverField = product.isEmpty() ? null : HeaderFields.checkValue("Server", product);
      return this;
    }

    /// Adds a field to every answer with a file, for example `Cache-Control`.
    ///
    /// @param name a token
    /// @param value text of one line
    /// @return this builder
    /// @throws IllegalArgumentException if name or value cannot stand in a head, or if the server
    ///     itself sees to the field
    public Builder header(String name, String value) {
      fields.add(HeaderFields.checkName(name), HeaderFields.checkValue(name, value));
      return this;
    }

    /// Sets the media type of a kind of files.
    ///
    /// @param extension what their names end with, for example `mkv`
    /// @param type the media type
    /// @return this builder
    public Builder mediaType(String extension, String type) {
      mediaTypes.put(extension, HeaderFields.checkValue("Content-Type", type));
      return this;
    }

    /// Which files stand for their directory, the first that is there; `index.html` if not set.
    ///
    /// @param names of files, not paths; none for always a listing
    /// @return this builder
    public Builder indexNames(List<String> names) {
      for (String name : names) {
        if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
          throw new IllegalArgumentException("an index is a file's name, and not \"" + name + "\"");
        }
      }
      this.indexNames = List.copyOf(names);
      return this;
    }

    /// Shows no directories: they answer 404.
    ///
    /// @return this builder
    public Builder withoutListings() {
      this.listings = false;
      return this;
    }

    /// How many files are kept open between requests, by a descriptor each, those above 32 KiB by
    /// two.
    ///
    /// @param most at least 1; 1,024 if not set
    /// @return this builder
    public Builder openFiles(int most) {
      this.openFiles = atLeastOne("openFiles", most);
      return this;
    }

    /// How long a request's head may take; 20 s if not set.
    ///
    /// @param limit more than zero
    /// @return this builder
    public Builder headTimeout(Duration limit) {
      this.headTimeout = positive("headTimeout", limit);
      return this;
    }

    /// How long a request's body may take besides the time that its bytes take at the [#leastRate];
    /// 30 s if not set.
    ///
    /// @param limit more than zero
    /// @return this builder
    public Builder bodyTimeout(Duration limit) {
      this.bodyTimeout = positive("bodyTimeout", limit);
      return this;
    }

    /// Begins to serve.
    ///
    /// @return a server, to be closed by the caller
    /// @throws IOException if it cannot listen there
    public HttpFileServer start() throws IOException {
      return new HttpFileServer(this);
    }

    private ResponseFields fields() {
      ResponseFields set = fields.build();
      return uploads == null || set.value("Content-Security-Policy") != null
          ? set
          : set.toBuilder().add("Content-Security-Policy", "sandbox").build();
    }

    private Abilities abilities(Exchange exchange) {
      boolean archives = exchange.allows(Right.RETRIEVE);
      return uploads == null
          ? new Abilities(false, false, false, false, archives)
          : new Abilities(
              exchange.allows(Right.STORE),
              exchange.allows(Right.MAKE_DIRECTORY),
              uploads.existing() == Existing.REPLACE,
              exchange.allows(Right.DELETE),
              archives);
    }

    private TimeLimits timeLimits() {
      ServerOptions common = options();
      return new TimeLimits(
          headTimeout,
          bodyTimeout,
          common.leastRate(),
          common.stallTimeout(),
          common.idleTimeout());
    }

    /// From the outermost to the files: health, logins, metrics, handler, uploads.
    private Service service(Service handled) {
      Metrics metrics = options().metrics();
      Service service =
          metrics == null || metricsPath == null
              ? handled
              : StatusPages.metrics(metricsPath, metrics, handled);
      if (authorizer != null) {
        service = new LoginService(options().logins("HTTP", authorizer), service);
      }
      return healthPath == null ? service : StatusPages.health(healthPath, service);
    }

    private FileService fileService(FileTree tree, OpenFileCache cache, FilePlanner planner) {
      FolderPages folders = listings ? new ListingPages(tree, this::abilities) : FolderPages.NONE;
      MediaTypes types = USUAL_TYPES.with(mediaTypes);
      return new FileService(tree, cache, planner, types, indexNames, folders);
    }
  }
}
