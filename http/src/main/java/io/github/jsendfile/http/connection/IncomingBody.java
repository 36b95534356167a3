package io.github.jsendfile.http.connection;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Received;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.http.exchange.BodyException;
import io.github.jsendfile.http.exchange.RequestBody;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.RequestReader;
import io.github.jsendfile.http.message.RequestReader.Progress;
import io.github.jsendfile.http.message.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The body of the request at hand.
final class IncomingBody implements RequestBody {
  /// What is thrown away for the sake of keeping a connection.
  private static final long MOST_DRAINED_BYTES = 256 * 1024;

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Inbox inbox;
  private final RequestReader reader;
  private final RequestHead head;
  private final FileReceiver receiver;
  private ByteBuffer content = NOTHING;
  private boolean continueIsDue;
  private boolean hasEnded;
  private long received;
  private long startedAt;
  private Mechanism mechanism = Mechanism.BUFFERED_COPY;

  IncomingBody(Inbox inbox, RequestHead head) {
    this.inbox = inbox;
    this.reader = inbox.reader();
    this.head = head;
    this.receiver = FileReceiver.defaults();
    this.continueIsDue = head.expectsContinue();
    this.hasEnded = !head.hasBody();
  }

  @Override
  public long length() {
    return head.bodyLength();
  }

  @Override
  public long received() {
    return received;
  }

  @Override
  public Mechanism mechanism() {
    return mechanism;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!advance()) {
      return -1;
    }
    int count = Math.min(into.remaining(), content.remaining());
    into.put(into.position(), content, content.position(), count);
    into.position(into.position() + count);
    content.position(content.position() + count);
    return count;
  }

  @Override
  public long receive(FileChannel file, long position, long mostBytes) throws IOException {
    long written = 0;
    while (hasBytesAtHand() ? advance() : !goesByKernel() && advance()) {
      refuseMoreThan(mostBytes, written + content.remaining());
      while (content.hasRemaining()) {
        written += file.write(content, position + written);
      }
    }
    if (hasEnded) {
      return written;
    }
    refuseMoreThan(mostBytes, written + unread());
    return written + receiveRest(file, position + written);
  }

  private static void refuseMoreThan(long most, long length) throws BodyException {
    if (length > most) {
      throw new BodyException(413, "the body is longer than " + most + " bytes", 0, null);
    }
  }

  /// A body whose length is known needs no reader once the buffer is empty.
  private boolean goesByKernel() {
    return !head.isChunked() && !hasEnded;
  }

  private boolean hasBytesAtHand() {
    return content.hasRemaining() || inbox.buffer().hasRemaining();
  }

  private long unread() {
    return head.bodyLength() - received;
  }

  private long receiveRest(FileChannel file, long position) throws IOException {
    begin();
    long before = received;
    long wanted = unread();
    long got;
    try {
      Received all =
          receiver.receive(inbox.channel(), file, position, wanted, bytes -> moved(before + bytes));
      mechanism = all.mechanism();
      got = all.bytesReceived();
    } catch (TransferException e) {
      mechanism = e.mechanism();
      moved(before + e.bytesTransferred());
      throw isOfTheFile(e) ? e : broken(e);
    }
    moved(before + got);
    if (got < wanted) {
      throw broken(null);
    }
    hasEnded = true;
    return got;
  }

  private static boolean isOfTheFile(TransferException failure) {
    return failure.getClass() == TransferException.class;
  }

  /// Sees to it that there are bytes in [#content].
  ///
  /// @return false at the end of the body
  private boolean advance() throws IOException {
    if (hasEnded || content.hasRemaining()) {
      return !hasEnded;
    }
    begin();
    Progress progress = reader.readBody(inbox.buffer());
    while (progress == Progress.INCOMPLETE) {
      inbox.grow();
      if (!fill()) {
        throw broken(null);
      }
      progress = reader.readBody(inbox.buffer());
    }
    return take(progress);
  }

  private boolean fill() throws BodyException {
    try {
      return inbox.fill();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private boolean take(Progress progress) throws BodyException {
    switch (progress) {
      case CONTENT -> {
        content = reader.content();
        moved(received + content.remaining());
      }
      case REFUSED -> {
        Violation violation = reader.violation();
        throw new BodyException(violation.status(), violation.reason(), received, null);
      }
      default -> {
        hasEnded = true;
        return false;
      }
    }
    return true;
  }

  /// The clock runs from the first read on, and so does a client that waits to be told.
  private void begin() throws IOException {
    if (startedAt == 0) {
      startedAt = System.nanoTime();
      moved(received);
    }
    if (continueIsDue) {
      continueIsDue = false;
      ByteBuffer line = ByteBuffer.wrap(CONTINUE);
      while (line.hasRemaining()) {
        inbox.channel().write(line);
      }
    }
  }

  /// A body that keeps to its least rate has time as long as it comes.
  private void moved(long receivedInAll) {
    received = receivedInAll;
    TimeLimits limits = inbox.limits();
    long allowed = (long) (receivedInAll * (1e9 / limits.leastRate()));
    long elapsed = System.nanoTime() - startedAt;
    inbox.deadline().set(limits.body().toNanos() + allowed - elapsed);
  }

  private BodyException broken(@Nullable IOException cause) {
    return inbox.isTooLate()
        ? new BodyException(
            BodyException.TOO_SLOW, "the body did not arrive in time", received, cause)
        : new BodyException(400, "the body broke off", received, cause);
  }

  /// Whether the connection can go on behind the answer: the body is read, or what is left of it is
  /// little and will come by itself.
  boolean canBePassed() {
    return hasEnded
        || (!continueIsDue
            && (head.isChunked() || unread() - content.remaining() <= MOST_DRAINED_BYTES));
  }

  /// Whether all of it has been read.
  boolean hasEnded() {
    return hasEnded;
  }

  /// Throws away what is left.
  ///
  /// @return false if that is too much
  boolean pass() throws IOException {
    long passed = 0;
    while (passed <= MOST_DRAINED_BYTES && advance()) {
      passed += content.remaining();
      content = NOTHING;
    }
    return hasEnded;
  }
}
