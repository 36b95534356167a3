package io.github.jsendfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Compares the exported package with `api.txt`, so that no name enters or leaves it unseen. With
/// `-Dapi.rewrite=true` the file is written instead.
class ApiTest {
  private static final Path FILE = Path.of("api.txt");
  private static final String REWRITE_PROPERTY = "api.rewrite";

  @Test
  void exportedPackageIsWhatApiTxtSays() throws Exception {
    Set<String> actual = api();
    if (Boolean.getBoolean(REWRITE_PROPERTY)) {
      Files.write(FILE, actual);
    }
    List<String> expected = Files.readAllLines(FILE);
    assertThat(difference(expected, actual))
        .as("difference to core/api.txt; -D%s=true writes it anew", REWRITE_PROPERTY)
        .isEmpty();
    assertThat(expected).isSorted();
  }

  private static List<String> difference(List<String> expected, Set<String> actual) {
    return Stream.concat(
            expected.stream().filter(line -> !actual.contains(line)).map(line -> "- " + line),
            actual.stream().filter(line -> !expected.contains(line)).map(line -> "+ " + line))
        .toList();
  }

  private static Set<String> api() throws IOException, URISyntaxException {
    Set<String> lines = new TreeSet<>();
    for (Class<?> type : types()) {
      if (isVisible(type)) {
        lines.add(describe(type));
        addMembers(type, lines);
      }
    }
    return lines;
  }

  private static List<Class<?>> types() throws IOException, URISyntaxException {
    Path classes =
        Path.of(FileSender.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String name = FileSender.class.getPackageName();
    try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class"))
          .<Class<?>>map(file -> load(name + "." + file.replace(".class", "")))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return !type.isAnonymousClass()
        && isExposed(type.getModifiers())
        && (outer == null || isVisible(outer));
  }

  private static boolean isExposed(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String describe(Class<?> type) {
    String text = type.getName() + ": " + type.toGenericString();
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      text += " extends " + type.getGenericSuperclass().getTypeName();
    }
    String interfaces =
        Arrays.stream(type.getGenericInterfaces())
            .map(java.lang.reflect.Type::getTypeName)
            .collect(Collectors.joining(", "));
    return interfaces.isEmpty() ? text : text + " implements " + interfaces;
  }

  private static void addMembers(Class<?> type, Set<String> lines) {
    for (Field field : type.getDeclaredFields()) {
      add(type, field, field.toGenericString(), lines);
    }
    for (Executable constructor : type.getDeclaredConstructors()) {
      add(type, constructor, constructor.toGenericString(), lines);
    }
    for (Executable method : type.getDeclaredMethods()) {
      add(type, method, method.toGenericString(), lines);
    }
  }

  private static void add(Class<?> type, Member member, String text, Set<String> lines) {
    if (isExposed(member.getModifiers()) && !member.isSynthetic()) {
      lines.add(type.getName() + ": " + text.replace("synchronized ", ""));
    }
  }
}
