package io.github.jsendfile.bench.http.peers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.cache.DirectBufferCache;
import io.undertow.server.handlers.resource.CachingResourceManager;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.ResourceManager;
import java.nio.file.Path;

/// Undertow's handler for files: small ones from its cache of 10 MiB with entries of at most 1 MiB,
/// as WildFly sets it up; larger ones by sendfile.
public final class UndertowPeer {
  private static final int CACHED_BYTES = 1 << 20;

  private UndertowPeer() {}

  /// Serves until it is ended.
  ///
  /// @param arguments folder, port, scratch folder
  public static void main(String[] arguments) {
    ResourceManager files = new PathResourceManager(Path.of(arguments[0]), CACHED_BYTES);
    DirectBufferCache cache = new DirectBufferCache(1024, 1024, 10 * CACHED_BYTES);
    ResourceManager cached =
        new CachingResourceManager(
            100, CACHED_BYTES, cache, files, DirectBufferCache.MAX_AGE_NO_EXPIRY);
    Undertow.builder()
        .addHttpListener(Integer.parseInt(arguments[1]), "127.0.0.1")
        .setHandler(Handlers.resource(cached))
        .build()
        .start();
  }
}
