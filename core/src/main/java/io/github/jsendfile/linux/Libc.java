package io.github.jsendfile.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of the C library that [SystemKernel] calls, as handles. Each is linked when it is
/// first called, which takes milliseconds: a program that calls two of them is not to wait for the
/// rest.
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBC = LINKER.defaultLookup();

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
    "connect",
    "posix_fadvise",
    "sync_file_range"
  };

  private Libc() {}

  /// Looks whether all of them are there.
  ///
  /// @throws UnsatisfiedLinkError if one is not
  static void check() {
    for (String name : NAMES) {
      symbol(name);
    }
  }

  static final class Sendfile {
    static final MethodHandle CALL =
        call("sendfile", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
  }

  static final class Fcntl {
    static final MethodHandle CALL =
        call("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
  }

  static final class Close {
    static final MethodHandle CALL = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  }

  static final class Shutdown {
    static final MethodHandle CALL =
        call("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  }

  static final class Getsockname {
    static final MethodHandle CALL = call("getsockname", addressCall());
  }

  static final class Getpeername {
    static final MethodHandle CALL = call("getpeername", addressCall());
  }

  static final class Getsockopt {
    static final MethodHandle CALL =
        call(
            "getsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  }

  static final class Setsockopt {
    static final MethodHandle CALL =
        call(
            "setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  }

  static final class Ioctl {
    static final MethodHandle CALL =
        call("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
  }

  static final class Open {
    static final MethodHandle CALL =
        call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  }

  static final class Pipe2 {
    static final MethodHandle CALL =
        call("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  }

  static final class Splice {
    static final MethodHandle CALL =
        call(
            "splice",
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  static final class Read {
    static final MethodHandle CALL =
        call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  }

  static final class Send {
    static final MethodHandle CALL =
        call("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  static final class Connect {
    static final MethodHandle CALL =
        call("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  }

  static final class PosixFadvise {
    static final MethodHandle CALL = call("posix_fadvise", rangeCall());
  }

  static final class SyncFileRange {
    static final MethodHandle CALL = call("sync_file_range", rangeCall());
  }

  private static FunctionDescriptor rangeCall() {
    return FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
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
}
