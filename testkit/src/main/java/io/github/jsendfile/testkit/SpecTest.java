package io.github.jsendfile.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A test that names rows of the specification, as its source shows it.
///
/// @param source the source file
/// @param type the outermost class
/// @param member the method or nested class, empty if the outermost class is annotated itself
/// @param ids the rows it names
record SpecTest(Path source, String type, String member, List<String> ids) {
  private static final Pattern COMMENT_OR_STRING =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'",
          Pattern.DOTALL);

  private static final Pattern ANNOTATION = Pattern.compile("@Spec\\(([^)]*)\\)");
  private static final Pattern ID = Pattern.compile("\"([^\"]*)\"");

  /// Other annotations, their arguments with parentheses one level deep, and white space.
  private static final Pattern BETWEEN =
      Pattern.compile("(?:\\s+|@[\\w.]+(?:\\((?:[^()]|\\([^()]*\\))*\\))?)*");

  private static final Pattern TYPE =
      Pattern.compile("[\\w\\s]*\\b(?:class|record|interface|enum)\\s+(\\w+)[^;]*?\\{");

  private static final Pattern METHOD = Pattern.compile("[^(){};=]*?(\\w+)\\s*\\(");

  /// What to call it.
  String name() {
    return member.isEmpty() ? type : type + "." + member;
  }

  /// The tests of one source file.
  static List<SpecTest> read(Path source) throws IOException {
    return scan(source, Files.readString(source));
  }

  static List<SpecTest> scan(Path source, String text) {
    String code = COMMENT_OR_STRING.matcher(text).replaceAll(SpecTest::withoutComment);
    String type = source.getFileName().toString().replace(".java", "");
    List<SpecTest> tests = new ArrayList<>();
    Matcher annotation = ANNOTATION.matcher(code);
    while (annotation.find()) {
      List<String> ids =
          ID.matcher(annotation.group(1)).results().map(result -> result.group(1)).toList();
      String member = annotated(source, code, annotation.end());
      tests.add(new SpecTest(source, type, member.equals(type) ? "" : member, ids));
    }
    return tests;
  }

  /// Strings stay if they can be ids; anything in them that looks like code goes.
  private static String withoutComment(MatchResult found) {
    boolean isId = found.group().matches("\"[\\w-]*\"");
    return isId ? Matcher.quoteReplacement(found.group()) : " ";
  }

  /// The name of what stands behind the annotation.
  private static String annotated(Path source, String code, int from) {
    Matcher between = BETWEEN.matcher(code).region(from, code.length());
    int start = between.lookingAt() ? between.end() : from;
    Matcher type = TYPE.matcher(code).region(start, code.length());
    Matcher method = METHOD.matcher(code).region(start, code.length());
    boolean isMethod = method.lookingAt();
    if (type.lookingAt() && (!isMethod || type.end(1) <= method.start(1))) {
      return type.group(1);
    }
    if (isMethod) {
      return method.group(1);
    }
    throw new IllegalStateException("@Spec annotates nothing that can be named in " + source);
  }
}
