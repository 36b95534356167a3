package io.github.jsendfile;

import java.time.Duration;

/// What a [FileReceiver] did.
///
/// @param bytesReceived bytes that were taken from the socket and written to the file
/// @param mechanism the way they went
/// @param endedEarly whether the stream ended before the length asked for
/// @param elapsed from the call to the last byte written, `fsync` included where asked for
/// @param waits how many times there was nothing to read
/// @param waited how long the transfer waited for the peer in all
public record Received(
    long bytesReceived,
    Mechanism mechanism,
    boolean endedEarly,
    Duration elapsed,
    long waits,
    Duration waited) {}
