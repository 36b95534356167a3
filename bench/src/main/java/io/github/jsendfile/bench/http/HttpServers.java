package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.http.peers.TomcatPeer;
import io.github.jsendfile.bench.server.Programs;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.util.ServerInfo;

/// The contenders, an entry each. None of them logs requests.
enum HttpServers implements ServerProgram {
  /// As everybody starts it, but for the log.
  OURS("JSendfile", () -> Programs.version("./jsendfile", "--version")) {
    @Override
    public List<String> command(Site site) {
      String port = Integer.toString(site.port());
      String folder = site.folder().toString();
      return List.of("./jsendfile", "serve", folder, "--http", port, "--access-log", "off");
    }
  },
  /// Opens the file for each request.
  NGINX("nginx", () -> Programs.version("nginx", "-v")) {
    @Override
    public List<String> command(Site site) throws IOException {
      return NginxConfiguration.command(site, "");
    }
  },
  /// Keeps it open.
  NGINX_CACHE("nginx, open_file_cache", () -> Programs.version("nginx", "-v")) {
    @Override
    public List<String> command(Site site) throws IOException {
      return NginxConfiguration.command(site, "open_file_cache max=1000;");
    }
  },
  /// Its default servlet over NIO, embedded.
  TOMCAT("Tomcat", () -> Optional.of(ServerInfo.getServerInfo())) {
    @Override
    public List<String> command(Site site) {
      return jvm(TomcatPeer.class, site);
    }
  };

  /// As `./jsendfile` has them.
  static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData");

  /// Where a version comes from.
  private interface Version {
    Optional<String> get();
  }

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // it has no state
  private final Version version;

  HttpServers(String label, Version version) {
    this.label = label;
    this.version = version;
  }

  private static List<String> jvm(Class<?> main, Site site) {
    Path folder = site.folder().toAbsolutePath();
    return ChildProcess.java(main, JVM_OPTIONS, folder, site.port(), site.scratch());
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Optional<String> version() {
    return version.get();
  }
}
