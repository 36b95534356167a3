package io.github.jsendfile.http.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Reads the Range field and says which bytes of a file it means (RFC 9110, 14.1.2 and 14.2).
///
/// What is no valid set of byte ranges is ignored, all of it: another unit, a last position before
/// the first, no member at all, more parts than the bound. Empty members and white space around
/// members are tolerated (5.6.1). What overlaps or adjoins becomes one part, at the place of the
/// first of them (15.3.7.2).
final class Ranges {
  /// The most parts that are sent; a request for more gets the whole file. Apache draws the line
  /// there too. Some clients ask for many parts (zsync), none known for this many.
  static final int MAX_PARTS = 200;

  /// What a field means for a file.
  sealed interface Selection {}

  /// The whole file, as without the field.
  record Everything() implements Selection {}

  /// Nothing that the file has: 416.
  record Nothing() implements Selection {}

  /// Parts of the file, at least one, none overlapping or adjoining another.
  record Parts(List<Piece.FilePart> parts) implements Selection {}

  private static final Selection EVERYTHING = new Everything();
  private static final Selection NOTHING = new Nothing();
  private static final String GREATEST = Long.toString(Long.MAX_VALUE);
  private static final String UNIT = "bytes=";

  private final long size;

  /// First positions and the lengths behind them, with the place in the request.
  private final List<Piece.FilePart> satisfiable = new ArrayList<>();

  private boolean anySuffix;
  private int members;

  private Ranges(long size) {
    this.size = size;
  }

  /// Decides.
  ///
  /// @param field the value of the Range field
  /// @param size the file's
  static Selection select(String field, long size) {
    if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return EVERYTHING;
    }
    return new Ranges(size).read(field.substring(UNIT.length()));
  }

  private Selection read(String set) {
    for (String member : set.split(",", -1)) {
      String range = stripBlanks(member);
      if (!range.isEmpty() && !add(range)) {
        return EVERYTHING;
      }
    }
    if (members == 0) {
      return EVERYTHING;
    }
    // of an empty file a suffix is all of it, and no Content-Range can say so
    if (satisfiable.isEmpty()) {
      return anySuffix ? EVERYTHING : NOTHING;
    }
    List<Piece.FilePart> parts = coalesce(satisfiable);
    return parts.size() > MAX_PARTS ? EVERYTHING : new Parts(parts);
  }

  /// Takes a member in. A number of any length counts: one that no `long` holds lies behind the
  /// end of any file.
  ///
  /// @return false if it is no range
  private boolean add(String range) {
    int dash = range.indexOf('-');
    if (dash < 0 || !areDigits(range, 0, dash) || !areDigits(range, dash + 1, range.length())) {
      return false;
    }
    members++;
    String first = range.substring(0, dash);
    String last = range.substring(dash + 1);
    if (first.isEmpty()) {
      return addSuffix(last);
    }
    if (!last.isEmpty() && compare(last, first) < 0) {
      return false;
    }
    long start = number(first);
    long end = last.isEmpty() ? size - 1 : Math.min(number(last), size - 1);
    if (start < size) {
      satisfiable.add(new Piece.FilePart(start, end - start + 1));
    }
    return true;
  }

  private boolean addSuffix(String digits) {
    if (digits.isEmpty()) {
      return false;
    }
    long length = Math.min(number(digits), size);
    if (length > 0) {
      satisfiable.add(new Piece.FilePart(size - length, length));
    }
    anySuffix |= number(digits) > 0;
    return true;
  }

  /// Joins what overlaps or adjoins. Each joined part stands where the first of its members stood.
  private static List<Piece.FilePart> coalesce(List<Piece.FilePart> asked) {
    if (asked.size() == 1) {
      return asked;
    }
    List<Integer> byPosition = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      byPosition.add(i);
    }
    byPosition.sort((a, b) -> Long.compare(asked.get(a).position(), asked.get(b).position()));
    TreeMap<Integer, Piece.FilePart> joined = new TreeMap<>();
    int place = byPosition.getFirst();
    Piece.FilePart current = asked.get(place);
    for (int next : byPosition.subList(1, byPosition.size())) {
      Piece.FilePart part = asked.get(next);
      if (part.position() <= endOf(current)) {
        place = Math.min(place, next);
        current = span(current.position(), Math.max(endOf(current), endOf(part)));
      } else {
        joined.put(place, current);
        place = next;
        current = part;
      }
    }
    joined.put(place, current);
    return List.copyOf(joined.values());
  }

  private static Piece.FilePart span(long start, long end) {
    return new Piece.FilePart(start, end - start);
  }

  private static long endOf(Piece.FilePart part) {
    return part.position() + part.length();
  }

  private static boolean areDigits(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long number(String digits) {
    String significant = withoutZeros(digits);
    if (significant.isEmpty()) {
      return 0;
    }
    return compare(significant, GREATEST) < 0 ? Long.parseLong(significant) : Long.MAX_VALUE;
  }

  private static int compare(String digits, String others) {
    String a = withoutZeros(digits);
    String b = withoutZeros(others);
    return a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static String stripBlanks(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
