package io.github.jsendfile;

import java.time.Duration;

/// What a transfer did.
///
/// @param bytesSent bytes of the file, or of all the payload's files, that the kernel took
/// @param totalBytes `bytesSent` and the payload's buffers together
/// @param mechanism the way the file's bytes went. Small pieces travel by an ordinary write on
///     every mechanism: the first bytes behind a head, the last before a tail, and the few with
///     which a transfer waits. A transfer that consists of such pieces alone says
///     [Mechanism#BUFFERED_COPY]
/// @param endedEarly whether a file ended before the length asked for, or before the size it had
///     when the transfer began
/// @param elapsed from the call to the last byte taken by the kernel
/// @param waits how many times the socket was found full; where a call waits inside, only if that
///     was long
/// @param waited how long the transfer waited for the peer in all
public record Transfer(
    long bytesSent,
    long totalBytes,
    Mechanism mechanism,
    boolean endedEarly,
    Duration elapsed,
    long waits,
    Duration waited) {}
