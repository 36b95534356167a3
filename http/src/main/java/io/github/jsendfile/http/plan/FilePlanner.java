package io.github.jsendfile.http.plan;

import io.github.jsendfile.http.message.HttpClock;
import io.github.jsendfile.http.message.RequestFields;
import io.github.jsendfile.http.message.RequestHead;
import io.github.jsendfile.http.message.ResponseFields;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Decides how a GET or HEAD of a file is answered: which variant, whether at all, which bytes.
/// Pure: a request's head and facts in, a [Plan] out. For any number of threads.
///
/// To be asked only for files that are there and may be read: conditions and ranges count only
/// where the plain answer would be a 200 (RFC 9110, 13.2.1; a 404 stays a 404).
public final class FilePlanner {
  private static final ResponseFields NOSNIFF =
      ResponseFields.builder().add("X-Content-Type-Options", "nosniff").build();

  private final HttpClock clock;
  private final Preconditions preconditions;
  private final ResponseFields extra;
  private final Supplier<String> boundaries;

  /// Makes the planner of a server.
  ///
  /// @param clock tells the time
  /// @param extra fields of every answer, for example `Cache-Control`
  public FilePlanner(HttpClock clock, ResponseFields extra) {
    this(clock, extra, () -> UUID.randomUUID().toString());
  }

  /// Makes one with boundaries of its own.
  ///
  /// @param clock tells the time
  /// @param extra fields of every answer, for example `Cache-Control`
  /// @param boundaries makes the boundary of a multipart answer: up to 70 letters, digits
  ///     and hyphens that nobody can foretell, or a file could pretend to be several parts
  FilePlanner(HttpClock clock, ResponseFields extra, Supplier<String> boundaries) {
    this.clock = clock;
    this.preconditions = new Preconditions(clock);
    this.extra = extra;
    this.boundaries = boundaries;
  }

  /// Puts together what is the same for every request of a file, to be kept with it.
  ///
  /// @param mediaType the value of `Content-Type`
  /// @param variants the file itself, and its coded neighbours if there are any
  /// @throws IllegalArgumentException if the file itself is not among them
  public Resource resource(String mediaType, List<Variant> variants) {
    ResponseFields shared = shared(variants.size() > 1);
    Map<ContentCoding, Representation> representations = new EnumMap<>(ContentCoding.class);
    for (Variant variant : variants) {
      representations.put(
          variant.coding(), new Representation(variant, mediaType, shared, clock.seconds()));
    }
    if (!representations.containsKey(ContentCoding.IDENTITY)) {
      throw new IllegalArgumentException("variants without the file itself: " + variants);
    }
    return new Resource(representations, shared);
  }

  /// The tag that an answer with a variant carries.
  public static String entityTag(Variant variant) {
    return EntityTag.of(variant);
  }

  /// Decides.
  ///
  /// @param head of a GET or HEAD; of another method no more than the conditions are looked at
  public Plan plan(RequestHead head, Resource resource) {
    Representation chosen = choose(head.fields().value(HttpHeader.ACCEPT_ENCODING), resource);
    if (chosen == null) {
      return Plan.of(406, resource.errorFields());
    }
    return switch (preconditions.evaluate(head, chosen.validators())) {
      case NOT_MODIFIED -> chosen.notModified();
      case FAILED -> Plan.of(412, resource.errorFields());
      case PROCEED -> head.isHead() ? chosen.head() : body(head.fields(), chosen, resource);
    };
  }

  private @Nullable Representation choose(@Nullable String acceptEncoding, Resource resource) {
    ContentCoding coding = ContentCoding.IDENTITY;
    if (resource.isNegotiated() || AcceptEncoding.mayRefuseIdentity(acceptEncoding)) {
      coding = AcceptEncoding.choose(acceptEncoding, resource.codings());
    }
    return coding == null ? null : current(resource.representation(coding));
  }

  private Representation current(Representation made) {
    return made.isFromTheFuture() ? made.at(clock.seconds()) : made;
  }

  private Plan body(RequestFields fields, Representation chosen, Resource resource) {
    String range = fields.value(HttpHeader.RANGE);
    if (range == null || !preconditions.allowsRange(fields, chosen.validators())) {
      return chosen.full();
    }
    return switch (Ranges.select(range, chosen.size())) {
      case Ranges.Everything() -> chosen.full();
      case Ranges.Nothing() -> unsatisfiable(chosen.size(), resource);
      case Ranges.Parts(var parts) ->
          parts.size() == 1
              ? chosen.range(parts.getFirst())
              : chosen.ranges(parts, boundaries.get());
    };
  }

  private static Plan unsatisfiable(long size, Resource resource) {
    return Plan.of(
        416,
        resource.errorFields().toBuilder()
            .add("Accept-Ranges", "bytes")
            .add("Content-Range", "bytes */" + size)
            .build());
  }

  private ResponseFields shared(boolean negotiated) {
    ResponseFields.Builder fields = ResponseFields.builder().addAll(NOSNIFF).addAll(extra);
    return negotiated ? fields.add("Vary", "Accept-Encoding").build() : fields.build();
  }
}
