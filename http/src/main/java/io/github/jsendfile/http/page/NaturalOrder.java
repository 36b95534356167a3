package io.github.jsendfile.http.page;

import java.util.Comparator;

/// Names as people sort them: numbers by their value (`file2` before `file10`), capital and small
/// letters alike. Names that are alike in that are told apart by their characters.
enum NaturalOrder implements Comparator<String> {
  /// The one there is.
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    int alike = compareAlike(left, right);
    return alike != 0 ? alike : left.compareTo(right);
  }

  private static int compareAlike(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      int leftEnd = endOfNumber(left, i);
      int rightEnd = endOfNumber(right, j);
      boolean numbers = leftEnd > i && rightEnd > j;
      int order =
          numbers
              ? compareNumbers(left, i, leftEnd, right, j, rightEnd)
              : Character.compare(folded(left.charAt(i)), folded(right.charAt(j)));
      if (order != 0) {
        return order;
      }
      i = numbers ? leftEnd : i + 1;
      j = numbers ? rightEnd : j + 1;
    }
    return Integer.compare(left.length() - i, right.length() - j);
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /// Of any number of digits: without leading zeros, the longer one is the larger one.
  private static int compareNumbers(
      String left, int from, int end, String right, int rightFrom, int rightEnd) {
    int i = skipZeros(left, from, end);
    int j = skipZeros(right, rightFrom, rightEnd);
    if (end - i != rightEnd - j) {
      return Integer.compare(end - i, rightEnd - j);
    }
    return left.substring(i, end).compareTo(right.substring(j, rightEnd));
  }

  private static int skipZeros(String text, int from, int end) {
    int start = from;
    while (start < end && text.charAt(start) == '0') {
      start++;
    }
    return start;
  }

  private static char folded(char character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}
