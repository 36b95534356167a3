package io.github.jsendfile.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The kernel below this process, through the C library that the JVM has loaded anyway.
final class SystemKernel implements Kernel {
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 0x800;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int O_CLOEXEC = 0x80000;
  private static final int SPLICE_F_MOVE_NONBLOCK = 1 | 2;
  private static final int SYNC_FILE_RANGE_WRITE = 2;
  private static final int POSIX_FADV_DONTNEED = 4;
  private static final int SHUT_RDWR = 2;
  private static final int MSG_DONTWAIT_NOSIGNAL_MORE = 0x40 | 0x4000 | 0x8000;
  private static final int SOCKADDR_BYTES = 16;
  private static final int SOL_SOCKET = 1;
  private static final int SO_KEEPALIVE = 9;
  private static final int SO_LINGER = 13;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int SO_COOKIE = 57;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CORK = 3;
  private static final int TCP_INFO = 11;

  /// Where `struct tcp_info` has `tcpi_bytes_acked`.
  private static final int BYTES_ACKED = 120;

  private static final int TCP_NOTSENT_LOWAT = 25;
  private static final long SIOCOUTQNSD = 0x894b;

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /// Of a machine whose C library has all that is called.
  ///
  /// @throws UnsatisfiedLinkError if it has not
  SystemKernel() {
    Libc.check();
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
          (long)
              Libc.Sendfile.CALL.invokeExact(
                  scratch.state(), socket, file, scratch.number(), count);
      return result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int setBlocking(int socket, boolean on) {
    int flags = descriptorCall(Libc.Fcntl.CALL, socket, F_GETFL, 0);
    return flags < 0
        ? flags
        : descriptorCall(
            Libc.Fcntl.CALL, socket, F_SETFL, on ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
  }

  @Override
  public int limitWaits(int socket, int sendMicros, int receiveMicros) {
    int answer = timeout(socket, SO_SNDTIMEO, sendMicros);
    return answer < 0 ? answer : timeout(socket, SO_RCVTIMEO, receiveMicros);
  }

  private int timeout(int socket, int option, int micros) {
    try (Arena arena = Arena.ofConfined()) { // struct timeval: seconds, microseconds
      return setOption(socket, SOL_SOCKET, option, arena.allocateFrom(JAVA_LONG, 0, micros));
    }
  }

  @Override
  public int duplicate(int descriptor) {
    return descriptorCall(Libc.Fcntl.CALL, descriptor, F_DUPFD_CLOEXEC, 0);
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
      return (int) result((int) Libc.Close.CALL.invokeExact(scratch.state(), descriptor), scratch);
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
          result((int) Libc.Shutdown.CALL.invokeExact(scratch.state(), socket, SHUT_RDWR), scratch);
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
              Libc.Send.CALL.invokeExact(
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
      int answer =
          (int) Libc.Connect.CALL.invokeExact(scratch.state(), socket, nobody, SOCKADDR_BYTES);
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int unsent(int socket) {
    Scratch scratch = Scratch.take();
    try {
      int answer =
          (int) Libc.Ioctl.CALL.invokeExact(scratch.state(), socket, SIOCOUTQNSD, scratch.number());
      return answer == 0 ? scratch.number().get(JAVA_INT, 0) : (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int tcpState(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(JAVA_BYTE); // the first of struct tcp_info
      int answer = socketOption(socket, IPPROTO_TCP, TCP_INFO, state);
      return answer == 0 ? state.get(JAVA_BYTE, 0) : answer;
    }
  }

  @Override
  public long acknowledged(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(BYTES_ACKED + Long.BYTES, Long.BYTES);
      int answer = socketOption(socket, IPPROTO_TCP, TCP_INFO, info);
      return answer == 0 ? info.get(JAVA_LONG, BYTES_ACKED) : answer;
    }
  }

  @Override
  public int limitUnsent(int socket, int bytes) {
    return tcpOption(socket, TCP_NOTSENT_LOWAT, bytes);
  }

  @Override
  public int cork(int socket, boolean on) {
    return tcpOption(socket, TCP_CORK, on ? 1 : 0);
  }

  private int tcpOption(int socket, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      return setOption(socket, IPPROTO_TCP, option, arena.allocateFrom(JAVA_INT, value));
    }
  }

  private int setOption(int socket, int level, int option, MemorySegment value) {
    Scratch scratch = Scratch.take();
    try {
      int answer =
          (int)
              Libc.Setsockopt.CALL.invokeExact(
                  scratch.state(), socket, level, option, value, (int) value.byteSize());
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public boolean blocks(int descriptor) {
    int flags = descriptorCall(Libc.Fcntl.CALL, descriptor, F_GETFL, 0);
    return flags < 0 || (flags & O_NONBLOCK) == 0;
  }

  @Override
  public boolean resets(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment linger = arena.allocate(JAVA_INT, 2); // struct linger: on, seconds
      return socketOption(socket, SOL_SOCKET, SO_LINGER, linger) == 0
          && linger.getAtIndex(JAVA_INT, 0) != 0
          && linger.getAtIndex(JAVA_INT, 1) == 0;
    }
  }

  @Override
  public long cookie(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cookie = arena.allocate(JAVA_LONG);
      int answer = socketOption(socket, SOL_SOCKET, SO_COOKIE, cookie);
      return answer == 0 ? cookie.get(JAVA_LONG, 0) : answer;
    }
  }

  @Override
  public boolean keepsAlive(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocate(JAVA_INT);
      return socketOption(socket, SOL_SOCKET, SO_KEEPALIVE, on) == 0 && on.get(JAVA_INT, 0) != 0;
    }
  }

  private int socketOption(int socket, int level, int option, MemorySegment value) {
    Scratch scratch = Scratch.take();
    try {
      scratch.number().set(JAVA_INT, 0, (int) value.byteSize());
      int answer =
          (int)
              Libc.Getsockopt.CALL.invokeExact(
                  scratch.state(), socket, level, option, value, scratch.number());
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int localAddress(int socket, MemorySegment address) {
    return address(Libc.Getsockname.CALL, socket, address);
  }

  @Override
  public int remoteAddress(int socket, MemorySegment address) {
    return address(Libc.Getpeername.CALL, socket, address);
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
  public int beginWriteback(int file, long position, long count) {
    Scratch scratch = Scratch.take();
    try {
      int answer =
          (int)
              Libc.SyncFileRange.CALL.invokeExact(
                  scratch.state(), file, position, count, SYNC_FILE_RANGE_WRITE);
      return (int) result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  /// The only call that answers its errno.
  @Override
  public int dropFromCache(int file, long position, long count) {
    Scratch scratch = Scratch.take();
    try {
      return -(int)
          Libc.PosixFadvise.CALL.invokeExact(
              scratch.state(), file, position, count, POSIX_FADV_DONTNEED);
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
          result(
              (int) Libc.Open.CALL.invokeExact(scratch.state(), name, O_RDONLY_CLOEXEC), scratch);
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
      int answer = (int) Libc.Pipe2.CALL.invokeExact(scratch.state(), scratch.number(), O_CLOEXEC);
      return answer == 0 ? scratch.number().get(JAVA_LONG, 0) : result(answer, scratch);
    } catch (Throwable e) {
      throw impossible(e);
    } finally {
      scratch.giveBack();
    }
  }

  @Override
  public int resizePipe(int pipe, int bytes) {
    return descriptorCall(Libc.Fcntl.CALL, pipe, F_SETPIPE_SZ, bytes);
  }

  @Override
  public long splice(int from, int to, long position, long count) {
    Scratch scratch = Scratch.take();
    try {
      scratch.number().set(JAVA_LONG, 0, position);
      MemorySegment at = position < 0 ? MemorySegment.NULL : scratch.number();
      long answer =
          (long)
              Libc.Splice.CALL.invokeExact(
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
              Libc.Read.CALL.invokeExact(
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
