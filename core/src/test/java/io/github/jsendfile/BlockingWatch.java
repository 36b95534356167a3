package io.github.jsendfile;

import io.github.jsendfile.linux.Kernel;
import io.github.jsendfile.linux.NativeAccess;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// The kernel, with a look of its own, in /proc, at the mode of each socket that bytes are moved
/// to or from.
final class BlockingWatch {
  private static final int O_NONBLOCK = 04000;

  private final List<String> blocking = new CopyOnWriteArrayList<>();

  /// The calls that could have waited in the kernel.
  List<String> blocking() {
    return blocking;
  }

  /// The layer, as a kernel.
  Kernel kernel() {
    Kernel real = Objects.requireNonNull(NativeAccess.here().kernel());
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> {
              look(method, arguments);
              return method.invoke(real, arguments);
            });
  }

  private void look(Method method, Object[] arguments) throws IOException {
    boolean takes = method.getName().equals("splice") && (long) arguments[2] < 0;
    if ((takes || method.getName().equals("sendfile")) && blocks((int) arguments[0])) {
      blocking.add(method.getName() + " on " + arguments[0]);
    }
  }

  /// What /proc says of a descriptor of this process.
  static boolean blocks(int descriptor) throws IOException {
    String flags =
        Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor)).stream()
            .filter(line -> line.startsWith("flags:"))
            .findFirst()
            .orElseThrow();
    return (Integer.parseInt(flags.substring(6).strip(), 8) & O_NONBLOCK) == 0;
  }
}
