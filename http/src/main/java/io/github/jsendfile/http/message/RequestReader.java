package io.github.jsendfile.http.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Reads the requests of one connection, one after the other, from the bytes it is given. The
/// grammar is jetty's; the rules it leaves open are here. Touches no socket.
///
/// ```
/// while (reader.readHead(buffer) == INCOMPLETE) { read more into buffer, or end }
/// reader.head() … answer … while (reader.readBody(buffer) != END) { … }
/// reader.next();
/// ```
///
/// The buffer is the connection's, ready to be read from; what belongs to the next request stays
/// in it. For one thread at a time.
public final class RequestReader {
  /// What has been read.
  public enum Progress {
    /// The buffer is used up and more is needed.
    INCOMPLETE,
    /// A whole head: [#head()].
    HEAD,
    /// A piece of the body: [#content()].
    CONTENT,
    /// The body has ended; the request is complete.
    END,
    /// Something that is answered with an error: [#violation()].
    REFUSED
  }

  /// What jetty puts in the place of bytes that are not UTF-8. Who means this character itself
  /// sends it percent-encoded.
  private static final char NOT_UTF8 = '\ufffd';

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final RequestLimits limits;
  private final FirstLine firstLine = new FirstLine();
  private final Events events = new Events();
  private final HttpParser parser;

  private Progress progress = Progress.INCOMPLETE;
  private @Nullable RequestHead head;
  private @Nullable Violation violation;
  private ByteBuffer content = NOTHING;

  /// Makes the reader of one connection.
  public RequestReader(RequestLimits limits) {
    this.limits = limits;
    this.parser = new HttpParser(events, limits.headBytes(), HttpCompliance.STRICT);
    // of the fields of earlier requests: it takes 100 KiB from the second request on, and answers a
    // value, of a password for example, in the case of an earlier one
    parser.setHeaderCacheSize(0);
  }

  /// Reads on in the head.
  ///
  /// @return [Progress#INCOMPLETE], [Progress#HEAD] or [Progress#REFUSED]
  public Progress readHead(ByteBuffer buffer) {
    progress = Progress.INCOMPLETE;
    firstLine.read(buffer);
    parser.parseNext(buffer);
    return progress;
  }

  /// Reads on in the body, behind the head.
  ///
  /// @return [Progress#INCOMPLETE], [Progress#CONTENT], [Progress#END] or [Progress#REFUSED]
  public Progress readBody(ByteBuffer buffer) {
    if (progress == Progress.END) {
      return progress;
    }
    progress = Progress.INCOMPLETE;
    content = NOTHING;
    parser.parseNext(buffer);
    return progress;
  }

  /// The head that was read.
  ///
  /// @throws IllegalStateException if none was
  public RequestHead head() {
    if (head == null) {
      throw new IllegalStateException("no head has been read");
    }
    return head;
  }

  /// What is wrong.
  ///
  /// @throws IllegalStateException if nothing is
  public Violation violation() {
    if (violation == null) {
      throw new IllegalStateException("nothing is wrong so far");
    }
    return violation;
  }

  /// The piece of the body that was read: a view of the buffer, good until that is changed.
  public ByteBuffer content() {
    return content;
  }

  /// Is the next request still unheard of? Then the end of the connection is a good one, and
  /// nobody waits for an answer.
  public boolean isIdle() {
    return parser.isStart() && progress == Progress.INCOMPLETE;
  }

  /// Turns to the next request. Also right when the rest of a body whose length is known was read
  /// by somebody else.
  public void next() {
    parser.reset();
    firstLine.reset();
    events.reset();
    progress = Progress.INCOMPLETE;
    head = null;
    content = NOTHING;
  }

  private void refuse(Violation what) {
    violation = what;
    progress = Progress.REFUSED;
  }

  /// What is wrong with a head that jetty finds right, or null.
  private static @Nullable Violation flawOf(RequestFields fields, int minorVersion) {
    String coding = fields.value(HttpHeader.TRANSFER_ENCODING);
    if (coding != null && minorVersion == 0) {
      return Violation.TRANSFER_ENCODING_IN_1_0;
    }
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      return Violation.UNKNOWN_TRANSFER_CODING;
    }
    String expected = fields.value(HttpHeader.EXPECT);
    if (expected != null && minorVersion > 0 && !expected.equalsIgnoreCase("100-continue")) {
      return Violation.UNKNOWN_EXPECTATION;
    }
    return null;
  }

  /// What jetty tells while it parses.
  private final class Events implements HttpParser.RequestHandler {
    private HttpField[] lines = new HttpField[16];
    private int lineCount;
    private String method = "";
    private @Nullable RequestTarget target;
    private int minorVersion;

    void reset() {
      Arrays.fill(lines, 0, lineCount, null);
      lineCount = 0;
      target = null;
    }

    @Override
    public void startRequest(String name, String rawTarget, HttpVersion version) {
      if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
        throw new Refusal(Violation.UNKNOWN_VERSION);
      }
      if (!firstLine.isVersion()) {
        throw new Refusal(Violation.MALFORMED);
      }
      if (rawTarget.length() > limits.targetBytes()) {
        throw new Refusal(Violation.TARGET_TOO_LONG);
      }
      method = name;
      minorVersion = version == HttpVersion.HTTP_1_1 ? 1 : 0;
      target = rawTarget.indexOf(NOT_UTF8) < 0 ? RequestTarget.parse(name, rawTarget) : null;
      if (target == null) {
        throw new Refusal(Violation.BAD_TARGET);
      }
    }

    @Override
    public void parsedHeader(HttpField line) {
      if (lineCount == lines.length) {
        lines = Arrays.copyOf(lines, lineCount * 2);
      }
      lines[lineCount++] = line;
    }

    @Override
    public boolean headerComplete() {
      RequestFields fields = new RequestFields(Arrays.copyOf(lines, lineCount));
      Violation flaw = flawOf(fields, minorVersion);
      if (flaw != null) {
        refuse(flaw);
      } else if (target != null) {
        head = new RequestHead(method, target, minorVersion, fields, bodyLength());
        progress = Progress.HEAD;
      }
      return true;
    }

    private long bodyLength() {
      return parser.isChunking() ? RequestHead.CHUNKED : Math.max(0, parser.getContentLength());
    }

    @Override
    public boolean content(ByteBuffer piece) {
      content = piece;
      progress = Progress.CONTENT;
      return true;
    }

    @Override
    public boolean contentComplete() {
      return false;
    }

    @Override
    public boolean messageComplete() {
      progress = Progress.END;
      return true;
    }

    /// Told of whatever is wrong behind the head.
    @Override
    public void earlyEOF() {
      refuse(Violation.MALFORMED);
    }

    @Override
    public void badMessage(HttpException failure) {
      refuse(violationOf(failure));
    }
  }

  private static Violation violationOf(HttpException failure) {
    if (failure instanceof Refusal refusal) {
      return refusal.violation;
    }
    return switch (failure.getCode()) {
      case 413, 431 -> Violation.HEAD_TOO_LONG;
      case 414 -> Violation.TARGET_TOO_LONG;
      case 505 -> Violation.UNKNOWN_VERSION;
      default -> Violation.MALFORMED;
    };
  }

  /// Stops jetty at once.
  private static final class Refusal extends HttpException.RuntimeException {
    private static final long serialVersionUID = 1;

    private final Violation violation;

    Refusal(Violation violation) {
      super(violation.status(), violation.reason());
      this.violation = violation;
    }
  }
}
