package io.github.jsendfile.http.plan;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chooses among the codings of a file by the Accept-Encoding field (RFC 9110, 12.5.3).
///
/// The heaviest coding wins; among equals the first of [ContentCoding]. Members that break the
/// grammar count as not there.
final class AcceptEncoding {
  private static final int HEAVIEST = 1000;

  private final Map<ContentCoding, Integer> weights = new EnumMap<>(ContentCoding.class);
  private @Nullable Integer weightOfOthers;

  private AcceptEncoding(String field) {
    for (String member : field.split(",", -1)) {
      read(member.strip());
    }
  }

  /// Chooses.
  ///
  /// @param field the field's value; null if there is none: then nobody has asked for a coding
  /// @param available what there is
  /// @return null if nothing of it is acceptable: 406
  static @Nullable ContentCoding choose(@Nullable String field, Iterable<ContentCoding> available) {
    return field == null ? ContentCoding.IDENTITY : new AcceptEncoding(field).best(available);
  }

  /// Could the field refuse a file as it is? A cheap look, for files that have no variants.
  static boolean mayRefuseIdentity(@Nullable String field) {
    return field != null && field.indexOf("=0") >= 0;
  }

  private @Nullable ContentCoding best(Iterable<ContentCoding> available) {
    ContentCoding best = null;
    int heaviest = 0;
    for (ContentCoding coding : available) {
      int weight = weight(coding);
      if (weight > heaviest || (weight == heaviest && weight > 0 && isBefore(coding, best))) {
        best = coding;
        heaviest = weight;
      }
    }
    return best;
  }

  /// In thousandths and a little: without a word about it the file as it is stays acceptable, as
  /// the last choice.
  private int weight(ContentCoding coding) {
    Integer weight = weights.getOrDefault(coding, weightOfOthers);
    if (weight != null) {
      return weight * 2;
    }
    return coding == ContentCoding.IDENTITY ? 1 : 0;
  }

  private static boolean isBefore(ContentCoding coding, @Nullable ContentCoding other) {
    return other != null && coding.compareTo(other) < 0;
  }

  private void read(String member) {
    int semicolon = member.indexOf(';');
    String token = (semicolon < 0 ? member : member.substring(0, semicolon)).strip();
    int weight = semicolon < 0 ? HEAVIEST : weight(member.substring(semicolon + 1).strip());
    if (weight < 0) {
      return;
    }
    if (token.equals("*")) {
      weightOfOthers = weight;
      return;
    }
    ContentCoding coding = coding(token);
    if (coding != null) {
      weights.put(coding, weight);
    }
  }

  private static @Nullable ContentCoding coding(String token) {
    if (token.equalsIgnoreCase("x-gzip")) { // RFC 9110, 8.4.1.3
      return ContentCoding.GZIP;
    }
    for (ContentCoding coding : ContentCoding.values()) {
      if (token.equalsIgnoreCase(coding.token())) {
        return coding;
      }
    }
    return null;
  }

  /// The weight in thousandths, -1 if it is none (RFC 9110, 12.4.2).
  private static int weight(String parameter) {
    if (!parameter.matches("[qQ]=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
      return -1;
    }
    String digits = parameter.substring(2).replace(".", "");
    return Integer.parseInt((digits + "000").substring(0, 4));
  }
}
