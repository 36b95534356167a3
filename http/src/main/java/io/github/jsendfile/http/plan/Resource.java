package io.github.jsendfile.http.plan;

import io.github.jsendfile.http.message.ResponseFields;
import java.util.EnumMap;
import java.util.Map;

/// A file as HTTP sees it: its type and its variants, each with the answers that are the same for
/// every request. Made once for a version of a file and kept with it. Immutable.
public final class Resource {
  private final Map<ContentCoding, Representation> representations;
  private final ResponseFields errorFields;

  Resource(Map<ContentCoding, Representation> representations, ResponseFields errorFields) {
    this.representations = new EnumMap<>(representations);
    this.errorFields = errorFields;
  }

  /// Are there several variants to choose from?
  boolean isNegotiated() {
    return representations.size() > 1;
  }

  Iterable<ContentCoding> codings() {
    return representations.keySet();
  }

  Representation representation(ContentCoding coding) {
    Representation found = representations.get(coding);
    if (found == null) {
      throw new IllegalArgumentException("there is no variant " + coding);
    }
    return found;
  }

  /// What an error about this file says in its head.
  ResponseFields errorFields() {
    return errorFields;
  }
}
