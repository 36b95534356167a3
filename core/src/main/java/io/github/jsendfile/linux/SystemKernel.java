package io.github.jsendfile.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The kernel below this process, through the C library that the JVM has loaded anyway.
final class SystemKernel implements Kernel {
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int F_GETFL = 3;
  private static final int O_NONBLOCK = 0x800;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int O_CLOEXEC = 0x80000;
  private static final int SPLICE_F_MOVE_NONBLOCK = 1 | 2;
  private static final int SHUT_RDWR = 2;
  private static final int MSG_DONTWAIT_NOSIGNAL_MORE = 0x40 | 0x4000 | 0x8000;
  private static final int SOCKADDR_BYTES = 16;
  private static final int SOL_SOCKET = 1;
  private static final int SO_KEEPALIVE = 9;
  private static final int SO_LINGER = 13;
  private static final int SO_COOKIE = 57;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NOTSENT_LOWAT = 25;
  private static final long SIOCOUTQ = 0x5411;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBC = LINKER.defaultLookup();
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final String[] NAMES = {
    "sendfile",
    "fcntl",
    "close",
    "shutdown",
    "getsockname",
    "getpeername",
    "getsockopt",
    "setsockopt",
    "ioctl",
    "open",
    "pipe2",
    "splice",
    "read",
    "send",
    "connect"
  };

  /// Looks whether all calls are there. Each is linked when it is first made, which takes
  /// milliseconds: a program that makes two of them is not to wait for the rest.
  SystemKernel() {
    for (String name : NAMES) {
      symbol(name);
    }
  }

  private static final class Sendfile {
    static final MethodHandle CALL =
        call("sendfile", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
  }

  private static final class Fcntl {
    static final MethodHandle CALL =
        call("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
  }

  private static final class Close {
    static final MethodHandle CALL = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  }

  private static final class Shutdown {
    static final MethodHandle CALL =
        call("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  }

  private static final class Getsockname {
    static final MethodHandle CALL = call("getsockname", addressCall());
  }

  private static final class Getpeername {
    static final MethodHandle CALL = call("getpeername", addressCall());
  }

  private static final class Getsockopt {
    static final MethodHandle CALL =
        call(
            "getsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  }

  private static final class Setsockopt {
    static final MethodHandle CALL =
        call(
            "setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  }

  private static final class Ioctl {
    static final MethodHandle CALL =
        call("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
  }

  private static final class Open {
    static final MethodHandle CALL =
        call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  }

  private static final class Pipe2 {
    static final MethodHandle CALL =
        call("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  }

  private static final class Splice {
    static final MethodHandle CALL =
        call(
            "splice",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  private static final class Read {
    static final MethodHandle CALL =
        call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  }

  private static final class Send {
    static final MethodHandle CALL =
        call("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  private static final class Connect {
    static final MethodHandle CALL =
        call("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  }

  private static FunctionDescriptor addressCall() {
    return FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  }

  private static MethodHandle call(String name, FunctionDescriptor function) {
    return call(name, function, -1);
  }

  /// A call whose arguments from `firstVariadic` on are C's `...`.
  @SuppressWarnings("restricted") // granted, or this class is not loaded
  private static MethodHandle call(String name, FunctionDescriptor function, int firstVariadic) {
    MemorySegment symbol = symbol(name);
    Linker.Option capture = Linker.Option.captureCallState("errno");
    return firstVariadic < 0
        ? LINKER.downcallHandle(symbol, function, capture)
        : LINKER.downcallHandle(
            symbol, function, capture, Linker.Option.firstVariadicArg(firstVariadic));
  }

  private static MemorySegment symbol(String name) {
    return LIBC.find(name).orElseThrow(() -> new UnsatisfiedLinkError("libc has no " + name));
  }

  private static long result(long answer, Scratch scratch) {
    return answer >= 0 ? answer : -(int) ERRNO.get(scratch.state(), 0L);
  }

  @Override
  public long sendfile(int socket, int file, long position, long count) {
    Scratch scratch = Scratch.take();
    try {
      scratch.number().set(JAVA_LONG, 0, position);
      long answer =
          (long) Sendfile.CALL.invokeExact(scratch.state(), socket, file, scratch.number(), count);
      return result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int duplicate(int descriptor) {
    return descriptorCall(Fcntl.CALL, descriptor, F_DUPFD_CLOEXEC, 0);
  }

  private int descriptorCall(MethodHandle call, int descriptor, int command, int argument) {
    Scratch scratch = Scratch.take();
    try {
      int answer = (int) call.invokeExact(scratch.state(), descriptor, command, argument);
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int close(int descriptor) {
    Scratch scratch = Scratch.take();
    try {
      return (int) result((int) Close.CALL.invokeExact(scratch.state(), descriptor), scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int shutdown(int socket) {
    Scratch scratch = Scratch.take();
    try {
      return (int)
          result((int) Shutdown.CALL.invokeExact(scratch.state(), socket, SHUT_RDWR), scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public long sendAhead(int socket, MemorySegment bytes) {
    Scratch scratch = Scratch.take();
    try {
      long answer =
          (long)
              Send.CALL.invokeExact(
                  scratch.state(), socket, bytes, bytes.byteSize(), MSG_DONTWAIT_NOSIGNAL_MORE);
      return result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int reset(int socket) {
    Scratch scratch = Scratch.take();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment nobody = arena.allocate(SOCKADDR_BYTES, Long.BYTES); // AF_UNSPEC is 0
      int answer = (int) Connect.CALL.invokeExact(scratch.state(), socket, nobody, SOCKADDR_BYTES);
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int unacknowledged(int socket) {
    Scratch scratch = Scratch.take();
    try {
      int answer =
          (int) Ioctl.CALL.invokeExact(scratch.state(), socket, SIOCOUTQ, scratch.number());
      return answer == 0 ? scratch.number().get(JAVA_INT, 0) : (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int limitUnsent(int socket, int bytes) {
    Scratch scratch = Scratch.take();
    try {
      scratch.number().set(JAVA_INT, 0, bytes);
      int answer =
          (int)
              Setsockopt.CALL.invokeExact(
                  scratch.state(),
                  socket,
                  IPPROTO_TCP,
                  TCP_NOTSENT_LOWAT,
                  scratch.number(),
                  Integer.BYTES);
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public boolean blocks(int descriptor) {
    int flags = descriptorCall(Fcntl.CALL, descriptor, F_GETFL, 0);
    return flags < 0 || (flags & O_NONBLOCK) == 0;
  }

  @Override
  public boolean resets(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment linger = arena.allocate(JAVA_INT, 2); // struct linger: on, seconds
      return socketOption(socket, SO_LINGER, linger) == 0
          && linger.getAtIndex(JAVA_INT, 0) != 0
          && linger.getAtIndex(JAVA_INT, 1) == 0;
    }
  }

  @Override
  public long cookie(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cookie = arena.allocate(JAVA_LONG);
      int answer = socketOption(socket, SO_COOKIE, cookie);
      return answer == 0 ? cookie.get(JAVA_LONG, 0) : answer;
    }
  }

  @Override
  public boolean keepsAlive(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocate(JAVA_INT);
      return socketOption(socket, SO_KEEPALIVE, on) == 0 && on.get(JAVA_INT, 0) != 0;
    }
  }

  private int socketOption(int socket, int option, MemorySegment value) {
    Scratch scratch = Scratch.take();
    try {
      scratch.number().set(JAVA_INT, 0, (int) value.byteSize());
      int answer =
          (int)
              Getsockopt.CALL.invokeExact(
                  scratch.state(), socket, SOL_SOCKET, option, value, scratch.number());
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int localAddress(int socket, MemorySegment address) {
    return address(Getsockname.CALL, socket, address);
  }

  @Override
  public int remoteAddress(int socket, MemorySegment address) {
    return address(Getpeername.CALL, socket, address);
  }

  private int address(MethodHandle call, int socket, MemorySegment address) {
    Scratch scratch = Scratch.take();
    try {
      scratch.number().set(JAVA_INT, 0, (int) address.byteSize());
      int answer = (int) call.invokeExact(scratch.state(), socket, address, scratch.number());
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int open(String path) {
    Scratch scratch = Scratch.take();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      return (int)
          result((int) Open.CALL.invokeExact(scratch.state(), name, O_RDONLY_CLOEXEC), scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public long pipe() {
    Scratch scratch = Scratch.take();
    try {
      int answer = (int) Pipe2.CALL.invokeExact(scratch.state(), scratch.number(), O_CLOEXEC);
      return answer == 0 ? scratch.number().get(JAVA_LONG, 0) : result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int resizePipe(int pipe, int bytes) {
    return descriptorCall(Fcntl.CALL, pipe, F_SETPIPE_SZ, bytes);
  }

  @Override
  public long splice(int from, int to, long position, long count) {
    Scratch scratch = Scratch.take();
    try {
      scratch.number().set(JAVA_LONG, 0, position);
      MemorySegment at = position < 0 ? MemorySegment.NULL : scratch.number();
      long answer =
          (long)
              Splice.CALL.invokeExact(
                  scratch.state(), from, MemorySegment.NULL, to, at, count, SPLICE_F_MOVE_NONBLOCK);
      return result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public long read(int descriptor, MemorySegment destination) {
    Scratch scratch = Scratch.take();
    try {
      long answer =
          (long)
              Read.CALL.invokeExact(
                  scratch.state(), descriptor, destination, destination.byteSize());
      return result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  /// A downcall handle throws only if it is called with the wrong types.
  private static AssertionError impossible(Throwable e) {
    return new AssertionError(e);
  }
}
