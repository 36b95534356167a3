package io.github.jsendfile.http.connection;

import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import io.github.jsendfile.Payload;
import io.github.jsendfile.Transfer;
import io.github.jsendfile.TransferException;
import io.github.jsendfile.http.exchange.Answer;
import io.github.jsendfile.http.exchange.AnswerBody;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.ResponseFields;
import io.github.jsendfile.http.message.ResponseHead;
import io.github.jsendfile.http.message.ResponseHead.Persistence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends answers: the only code that writes them to a socket. Counts what was sent of each.
final class Outbox {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final SocketChannel channel;
  private final ResponseHead heads;
  private final SendingLimits limits;
  private final Inbox inbox;
  private FileSender sender;
  private String user = "";
  private long bodyBytes;
  private Mechanism mechanism = Mechanism.BUFFERED_COPY;

  Outbox(SocketChannel channel, ResponseHead heads, SendingLimits limits, Inbox inbox) {
    this.channel = channel;
    this.heads = heads;
    this.limits = limits;
    this.sender = limits.sender(user);
    this.inbox = inbox;
  }

  /// Says for whom it sends from now on.
  void sendsFor(@Nullable String name) {
    String next = name == null ? "" : name;
    if (!next.equals(user)) {
      user = next;
      sender = limits.sender(user);
    }
  }

  /// How many bytes of the last answer's body the kernel took.
  long bodyBytes() {
    return bodyBytes;
  }

  /// How most of them went.
  Mechanism mechanism() {
    return mechanism;
  }

  /// Sends an answer.
  ///
  /// @throws IOException if that fails; a part of it may have been sent, so the connection is to be
  ///     cut
  void send(Answer answer, RequestHead request, Persistence persistence) throws IOException {
    begin();
    boolean hasBody = !request.isHead() && mayHaveBody(answer.status());
    boolean inChunks =
        hasBody
            && isUnknown(answer.body())
            && persistence != Persistence.KEEP_1_0
            && request.minorVersion() > 0;
    ByteBuffer head = head(answer, inChunks, persistence);
    if (!hasBody) {
      write(head);
      return;
    }
    switch (answer.body()) {
      case AnswerBody.None _ -> write(head);
      case AnswerBody.Bytes(ByteBuffer bytes) -> writeBoth(head, bytes.duplicate());
      case AnswerBody.Parts parts -> transfer(head, parts);
      case AnswerBody.Written written -> writeAsMade(head, written, inChunks);
    }
  }

  /// Sends an answer to something that is no request.
  void sendBlind(Answer answer) throws IOException {
    begin();
    ByteBuffer head = head(answer, false, Persistence.CLOSE);
    if (answer.body() instanceof AnswerBody.Bytes(ByteBuffer bytes)) {
      writeBoth(head, bytes.duplicate());
    } else {
      write(head);
    }
  }

  private void begin() {
    bodyBytes = 0;
    mechanism = Mechanism.BUFFERED_COPY;
    inbox.answering();
    inbox.deadline().set(inbox.limits().stall());
  }

  private static boolean mayHaveBody(int status) {
    return status != NO_CONTENT && status != NOT_MODIFIED;
  }

  private static boolean isUnknown(AnswerBody body) {
    return body.length() == AnswerBody.UNKNOWN;
  }

  private ByteBuffer head(Answer answer, boolean inChunks, Persistence persistence) {
    ResponseFields fields = framed(answer, inChunks);
    ByteBuffer head = ByteBuffer.allocate(heads.length(answer.status(), fields, persistence));
    heads.write(answer.status(), fields, persistence, head);
    return head.flip();
  }

  /// Adds how the body is framed, where whoever decided the answer has not.
  private static ResponseFields framed(Answer answer, boolean inChunks) {
    ResponseFields fields = answer.fields();
    if (inChunks) {
      return fields.toBuilder().add("Transfer-Encoding", "chunked").build();
    }
    if (!mayHaveBody(answer.status())
        || isUnknown(answer.body())
        || fields.value("Content-Length") != null) {
      return fields;
    }
    String length = Long.toString(answer.body().length());
    return fields.toBuilder().add("Content-Length", length).build();
  }

  /// A text that follows the head becomes one with it: only one buffer goes ahead of a file that is
  /// not to be copied.
  private void transfer(ByteBuffer head, AnswerBody.Parts body) throws IOException {
    List<?> pieces = body.parts();
    List<Object> parts = new ArrayList<>(pieces.size() + 1);
    if (!pieces.isEmpty() && pieces.getFirst() instanceof ByteBuffer text) {
      parts.add(both(head, text));
      pieces = pieces.subList(1, pieces.size());
    } else {
      parts.add(head);
    }
    for (Object part : pieces) {
      parts.add(part instanceof ByteBuffer text ? text.duplicate() : part);
    }
    send(Payload.of(parts.toArray()), head.remaining());
  }

  private static ByteBuffer both(ByteBuffer head, ByteBuffer text) {
    return ByteBuffer.allocate(head.remaining() + text.remaining())
        .put(head.duplicate())
        .put(text.duplicate())
        .flip();
  }

  /// Sends a payload within the sender's own limits.
  private void send(Payload payload, int headBytes) throws IOException {
    inbox.deadline().clear();
    try {
      Transfer transfer = sender.send(payload, channel);
      mechanism = transfer.mechanism();
      bodyBytes += transfer.totalBytes() - headBytes;
    } catch (TransferException e) {
      mechanism = e.mechanism();
      bodyBytes += e.bytesTransferred();
      throw e;
    }
  }

  private void writeAsMade(ByteBuffer head, AnswerBody.Written body, boolean inChunks)
      throws IOException {
    BodySink sink =
        inChunks ? BodySink.inChunks(this, head) : BodySink.of(this, head, body.length());
    body.writer().writeTo(sink);
    sink.end();
  }

  private void write(ByteBuffer head) throws IOException {
    while (head.hasRemaining()) {
      channel.write(head);
    }
  }

  private void writeBoth(ByteBuffer head, ByteBuffer body) throws IOException {
    if (limits.areSet()) {
      send(Payload.of(head, body), head.remaining());
      return;
    }
    int length = body.remaining();
    ByteBuffer[] both = {head, body};
    try {
      writeAll(both);
    } finally {
      bodyBytes += length - body.remaining();
    }
  }

  /// Writes buffers as fast as they may go, in one call; what a slow client leaves, within the
  /// limits of files.
  void writeAll(ByteBuffer... buffers) throws IOException {
    channel.write(buffers);
    if (hasRemaining(buffers)) {
      inbox.deadline().clear();
      sender.send(Payload.of((Object[]) buffers), channel);
    }
  }

  private static boolean hasRemaining(ByteBuffer... buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  /// Writes pieces of a body, then gives whoever makes the next the time it needs.
  void writePiece(long ofBody, ByteBuffer... buffers) throws IOException {
    if (limits.areSet()) {
      sendPiece(ofBody, buffers);
      return;
    }
    inbox.deadline().set(inbox.limits().stall());
    writeAll(buffers);
    inbox.deadline().clear();
    bodyBytes += ofBody;
  }

  /// The sender counts all bytes, and the rates with them; the framing is no part of the body.
  private void sendPiece(long ofBody, ByteBuffer... buffers) throws IOException {
    long before = bodyBytes;
    send(Payload.of((Object[]) buffers), 0);
    bodyBytes = before + ofBody;
  }

  /// Sends pieces of a body, some of them parts of files.
  void sendPieces(ByteBuffer before, Object... parts) throws IOException {
    send(Payload.of(parts), before.remaining());
  }
}
