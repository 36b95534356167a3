package io.github.jsendfile.http.plan;

import io.github.jsendfile.http.message.HttpDates;
import io.github.jsendfile.http.message.ResponseFields;
import java.util.List;

/// One variant of a file with its validators, and the answers to the requests that most clients
/// make, put together in advance. Immutable.
final class Representation {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String CONTENT_RANGE = "Content-Range";

  private final Variant variant;
  private final String mediaType;
  private final ResponseFields shared;
  private final Validators validators;

  /// What describes the file and not this answer: a 304 has these and no others (15.4.5).
  private final ResponseFields common;

  private final Plan full;
  private final Plan head;
  private final Plan notModified;

  /// Puts it together.
  ///
  /// @param now seconds; a date in the future is sent as this (RFC 9110, 8.8.2.1)
  /// @param shared the fields that do not depend on the version
  Representation(Variant variant, String mediaType, ResponseFields shared, long now) {
    this.variant = variant;
    this.mediaType = mediaType;
    this.shared = shared;
    this.validators = validators(variant, now);
    this.common =
        ResponseFields.builder()
            .add("Last-Modified", HttpDates.format(validators.lastModified()))
            .add("ETag", validators.entityTag())
            .add("Accept-Ranges", "bytes")
            .addAll(shared)
            .build();
    ResponseFields fields =
        described(mediaType).add(CONTENT_LENGTH, Long.toString(variant.size())).build();
    this.full = new Plan(200, fields, wholeFile(), variant.coding());
    this.head = new Plan(200, fields, List.of(), variant.coding());
    this.notModified = new Plan(304, common, List.of(), variant.coding());
  }

  private static Validators validators(Variant variant, long now) {
    long seconds = variant.lastModified().getEpochSecond();
    return new Validators(EntityTag.of(variant), Math.min(seconds, now));
  }

  Validators validators() {
    return validators;
  }

  long size() {
    return variant.size();
  }

  /// Was it made when the file's date lay in the future? Then every second has a date of its own,
  /// until the clock has reached the file.
  boolean isFromTheFuture() {
    return validators.lastModified() != variant.lastModified().getEpochSecond();
  }

  /// The same with the date of now.
  Representation at(long now) {
    return new Representation(variant, mediaType, shared, now);
  }

  Plan full() {
    return full;
  }

  Plan head() {
    return head;
  }

  Plan notModified() {
    return notModified;
  }

  Plan range(Piece.FilePart part) {
    ResponseFields fields =
        described(mediaType)
            .add(CONTENT_RANGE, contentRange(part))
            .add(CONTENT_LENGTH, Long.toString(part.length()))
            .build();
    return new Plan(206, fields, List.of(part), variant.coding());
  }

  Plan ranges(List<Piece.FilePart> parts, String boundary) {
    List<Piece> pieces = new Multipart(boundary, mediaType).around(parts, this::contentRange);
    long length = pieces.stream().mapToLong(Piece::length).sum();
    ResponseFields fields =
        described("multipart/byteranges; boundary=" + boundary)
            .add(CONTENT_LENGTH, Long.toString(length))
            .build();
    return new Plan(206, fields, pieces, variant.coding());
  }

  private String contentRange(Piece.FilePart part) {
    long last = part.position() + part.length() - 1;
    return "bytes " + part.position() + "-" + last + "/" + variant.size();
  }

  private ResponseFields.Builder described(String type) {
    ResponseFields.Builder fields = common.toBuilder().add(CONTENT_TYPE, type);
    return variant.coding() == ContentCoding.IDENTITY
        ? fields
        : fields.add("Content-Encoding", variant.coding().token());
  }

  private List<Piece> wholeFile() {
    return variant.size() == 0 ? List.of() : List.of(new Piece.FilePart(0, variant.size()));
  }
}
