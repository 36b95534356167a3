package io.github.jsendfile.linux;

import java.lang.foreign.MemorySegment;

/// The system calls that the JDK does not make for us. Each answers what the call did, or, where
/// it failed, its errno negated: a number of [Errno]. None is ever made in a way that can wait for
/// a peer, but [#sendfile] after [#setBlocking].
public interface Kernel {
  /// `sendfile(2)`: file to socket, from `position`, without moving the descriptor's own offset.
  long sendfile(int socket, int file, long position, long count);

  /// `O_NONBLOCK`, off or on: whether a call that finds nothing to do waits.
  int setBlocking(int socket, boolean on);

  /// `SO_SNDTIMEO` and `SO_RCVTIMEO`: how many microseconds a call waits for the peer at most, on
  /// a socket that blocks; `sendfile(2)` so long for each 64 KiB.
  int limitWaits(int socket, int sendMicros, int receiveMicros);

  /// `dup(2)`, closed on exec.
  int duplicate(int descriptor);

  /// `close(2)`.
  int close(int descriptor);

  /// `shutdown(2)` of both directions.
  int shutdown(int socket);

  /// `send(2)`, never waiting, with `MSG_MORE`: the last segment, if it is not full, is held back
  /// for what follows at once, at most 200 ms.
  long sendAhead(int socket, MemorySegment bytes);

  /// `connect(2)` to nobody: a TCP connection is reset at once, whoever else has a descriptor of
  /// it; another socket refuses.
  int reset(int socket);

  /// `SIOCOUTQNSD`: how many bytes of a TCP socket were not even sent yet.
  int unsent(int socket);

  /// `TCP_INFO`: the state of a TCP connection, a number of `tcp_states.h`.
  int tcpState(int socket);

  /// `TCP_INFO`: how many bytes of a TCP connection the peer has acknowledged since it began.
  long acknowledged(int socket);

  /// `TCP_NOTSENT_LOWAT`: how many bytes may wait that were not even sent.
  int limitUnsent(int socket, int bytes);

  /// `TCP_CORK`: whether a segment that is not full is held back for what follows, at most 200 ms;
  /// taking it off lets go what is held.
  int cork(int socket, boolean on);

  /// `F_GETFL`: whether a call that finds nothing to do waits: `O_NONBLOCK` is not set.
  boolean blocks(int descriptor);

  /// Whether closing this socket resets the connection: `SO_LINGER` is 0.
  boolean resets(int socket);

  /// `SO_COOKIE`: a number that no other socket has had since the machine was started.
  long cookie(int socket);

  /// `SO_KEEPALIVE`.
  boolean keepsAlive(int socket);

  /// `getsockname(2)`: fills `address`.
  int localAddress(int socket, MemorySegment address);

  /// `getpeername(2)`: fills `address`.
  int remoteAddress(int socket, MemorySegment address);

  /// `pipe2(2)`, closed on exec: the end to read from in the lower half of the result, the end to
  /// write to in the upper.
  long pipe();

  /// `F_SETPIPE_SZ`: how many bytes, in whole pages, a pipe has room for.
  int resizePipe(int pipe, int bytes);

  /// `splice(2)`, one of the two being a pipe, which is never waited for. A socket is, unless its
  /// descriptor does not block.
  ///
  /// @param position where in the file `to` the bytes go; negative if it is no file
  long splice(int from, int to, long position, long count);

  /// `read(2)`.
  long read(int descriptor, MemorySegment destination);

  /// `sync_file_range(2)`: begins to write out what was changed, without waiting for it.
  int beginWriteback(int file, long position, long count);

  /// `POSIX_FADV_DONTNEED`: has the page cache give up the pages that are wholly in this range,
  /// unless they are still to be written out or in use by a socket.
  int dropFromCache(int file, long position, long count);

  /// `open(2)`, for reading, closed on exec.
  int open(String path);
}
