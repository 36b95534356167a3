package io.github.jsendfile.server.log;

import io.github.jsendfile.Mechanism;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a server did for one request, whatever the protocol: a line of the [AccessLog], and what
/// metrics count.
///
/// @param time when the request began
/// @param client who asked
/// @param user who that claimed and proved to be; null without a login
/// @param method the method or command: `GET`, `RETR`
/// @param target what was asked for, as the client wrote it; empty for a command without an
///     argument; never a password
/// @param protocol `HTTP/1.1`, `FTP`
/// @param status the answer's code
/// @param bytesSent bytes of the body or file that the kernel took, whether all or not
/// @param bytesReceived bytes of the body or file that came from the client
/// @param elapsed from the request's beginning to the answer's end
/// @param mechanism how the file's bytes went; null if no file was sent or received
/// @param referer HTTP's field; null without
/// @param userAgent HTTP's field; null without
/// @param failure why the answer is not whole, in a few words; null if it is
public record AccessEntry(
    Instant time,
    InetAddress client,
    @Nullable String user,
    String method,
    String target,
    String protocol,
    int status,
    long bytesSent,
    long bytesReceived,
    Duration elapsed,
    @Nullable Mechanism mechanism,
    @Nullable String referer,
    @Nullable String userAgent,
    @Nullable String failure) {}
