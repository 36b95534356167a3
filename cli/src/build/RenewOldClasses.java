import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Gives the classes of a jar that are older than Java 6 the form of Java 8, with stack maps: picocli is
/// compiled for Java 5, and the JVM keeps no class so old in an archive (docs/decisions/0006-start-up.md).
/// What they do does not change.
///
///     java RenewOldClasses.java JAR
class RenewOldClasses {
  private static final int MAJOR_VERSION_AT = 6;

  public static void main(String[] arguments) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(arguments[0]))) {
      List<Path> old;
      try (Stream<Path> files = Files.walk(jar.getPath("/"))) {
        old = files.filter(RenewOldClasses::isOld).toList();
      }
      ClassFile form = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy(jar)));
      for (Path file : old) {
        Files.write(file, renewed(Files.readAllBytes(file), form));
      }
    }
  }

  private static boolean isOld(Path file) {
    if (!file.toString().endsWith(".class")) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(MAJOR_VERSION_AT + 2);
      int major = (head[MAJOR_VERSION_AT] & 0xff) << 8 | head[MAJOR_VERSION_AT + 1] & 0xff;
      return major < ClassFile.JAVA_6_VERSION;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] renewed(byte[] old, ClassFile form) {
    ClassTransform code = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    byte[] renewed = form.transformClass(form.parse(old), code.andThen(version));
    List<VerifyError> errors = form.verify(renewed);
    if (!errors.isEmpty()) {
      throw errors.getFirst();
    }
    return renewed;
  }

  /// Which class extends which: what the jar does not have is the JDK's.
  private static ClassHierarchyResolver hierarchy(FileSystem jar) {
    return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> open(jar, type))
        .orElse(ClassHierarchyResolver.defaultResolver())
        .cached();
  }

  private static InputStream open(FileSystem jar, ClassDesc type) {
    String descriptor = type.descriptorString();
    Path file = jar.getPath(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
