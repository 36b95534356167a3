package io.github.jsendfile.linux;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The kernel of this machine, but for the calls that a test answers itself, as a sandbox, another
/// kernel or another file system would: a layer in between, so that calls added to [Kernel] pass.
public final class StubKernel {
  /// Answers a call of one name, of which this is the n-th, from 1 on.
  @FunctionalInterface
  public interface Answers {
    /// What the call answers; whether the real one is made is up to this.
    long answer(int nth, Real real);
  }

  /// The call that was made, to the kernel below.
  public final class Real {
    private final Method method;
    private final Object[] arguments;

    private Real(Method method, Object[] arguments) {
      this.method = method;
      this.arguments = arguments;
    }

    /// What it was made with.
    public Object[] arguments() {
      return arguments;
    }

    /// Makes it.
    public long call() {
      return switch (invoke()) {
        case Boolean is -> is ? 1 : 0;
        case Object number -> ((Number) number).longValue();
      };
    }

    private boolean answersBoolean() {
      return method.getReturnType() == boolean.class;
    }

    private Object invoke() {
      try {
        return method.invoke(kernel, arguments);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
  }

  private final Kernel kernel;
  private final Map<String, Answers> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  /// A layer over `kernel` that answers nothing itself yet.
  public StubKernel(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Has a test answer the calls of this name.
  public StubKernel on(String call, Answers answer) {
    if (Arrays.stream(Kernel.class.getMethods()).noneMatch(m -> m.getName().equals(call))) {
      throw new IllegalArgumentException("Kernel has no " + call);
    }
    answers.put(call, answer);
    return this;
  }

  /// Fails the n-th call of this name, and makes all others.
  public StubKernel failing(String call, int nth, int errno) {
    return on(call, (n, real) -> n == nth ? -errno : real.call());
  }

  /// Fails the calls of this name from the n-th on.
  public StubKernel failingFrom(String call, int nth, int errno) {
    return on(call, (n, real) -> n >= nth ? -errno : real.call());
  }

  /// Refuses every call of this name, as a sandbox would. What cannot say so says what it says
  /// then: a descriptor may block, a socket neither resets nor keeps alive. A `close` closes all
  /// the same, as Linux does.
  public StubKernel refusing(String call, int errno) {
    return on(
        call,
        (_, real) -> {
          if (real.answersBoolean()) {
            return call.equals("blocks") ? 1 : 0;
          }
          if (call.equals("close")) {
            real.call();
          }
          return -errno;
        });
  }

  /// The names of all calls.
  public static List<String> names() {
    return Arrays.stream(Kernel.class.getMethods()).map(Method::getName).sorted().toList();
  }

  /// How often a call was made.
  public int calls(String call) {
    AtomicInteger count = counts.get(call);
    return count == null ? 0 : count.get();
  }

  /// What is below the layer.
  public Kernel real() {
    return kernel;
  }

  /// The layer, as a kernel.
  public Kernel kernel() {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> invoke(method, arguments));
  }

  private Object invoke(Method method, Object[] arguments) {
    int nth = counts.computeIfAbsent(method.getName(), _ -> new AtomicInteger()).incrementAndGet();
    Answers answer = answers.get(method.getName());
    Real real = new Real(method, arguments);
    if (answer == null) {
      return real.invoke();
    }
    long result = answer.answer(nth, real);
    if (method.getReturnType() == boolean.class) {
      return result != 0;
    }
    return method.getReturnType() == int.class ? (Object) (int) result : (Object) result;
  }
}
