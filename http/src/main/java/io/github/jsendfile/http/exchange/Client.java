package io.github.jsendfile.http.exchange;

import java.net.InetSocketAddress;

/// Who asks.
///
/// @param remote where it is
/// @param local the address of ours that it has connected to
public record Client(InetSocketAddress remote, InetSocketAddress local) {}
