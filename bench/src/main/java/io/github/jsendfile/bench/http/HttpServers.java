package io.github.jsendfile.bench.http;

import io.github.jsendfile.bench.ChildProcess;
import io.github.jsendfile.bench.http.peers.HelidonPeer;
import io.github.jsendfile.bench.http.peers.JettyPeer;
import io.github.jsendfile.bench.http.peers.NaivePeer;
import io.github.jsendfile.bench.http.peers.NettyPeer;
import io.github.jsendfile.bench.http.peers.TomcatPeer;
import io.github.jsendfile.bench.http.peers.UndertowPeer;
import io.github.jsendfile.bench.http.peers.VertxPeer;
import io.github.jsendfile.bench.server.Programs;
import io.github.jsendfile.bench.server.ServerProgram;
import io.github.jsendfile.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The contenders, an entry each. None of them logs requests.
public enum HttpServers implements ServerProgram {
  /// As everybody starts it, but for the log, and as many connections as nginx is given.
  OURS("JSendfile", () -> Programs.version("./jsendfile", "--version")) {
    @Override
    public List<String> command(Site site) {
      String port = Integer.toString(site.port());
      String folder = site.folder().toString();
      return List.of(
          "./jsendfile",
          "serve",
          folder,
          "--http",
          port,
          "--access-log=off",
          "--max-connections=20000");
    }
  },
  /// Opens the file for each request.
  NGINX("nginx", () -> NginxConfiguration.PACKAGE.says("-v")) {
    @Override
    public List<String> command(Site site) throws IOException {
      return NginxConfiguration.command(site, "");
    }
  },
  /// Keeps it open.
  NGINX_CACHE("nginx, open_file_cache", () -> NginxConfiguration.PACKAGE.says("-v")) {
    @Override
    public List<String> command(Site site) throws IOException {
      return NginxConfiguration.command(site, "open_file_cache max=1000;");
    }
  },
  /// Of the Debian package.
  LIGHTTPD("lighttpd", () -> LighttpdConfiguration.PACKAGE.says("-v")) {
    @Override
    public List<String> command(Site site) throws IOException {
      return LighttpdConfiguration.command(site);
    }
  },
  /// Of the Debian package.
  CADDY("Caddy", () -> CaddyConfiguration.PACKAGE.says("version")) {
    @Override
    public List<String> command(Site site) throws IOException {
      return CaddyConfiguration.command(site);
    }
  },
  /// A pipeline of its own, over the native transport.
  NETTY("Netty", () -> Programs.library("netty-codec-http")) {
    @Override
    public List<String> command(Site site) {
      return jvm(NettyPeer.class, site);
    }
  },
  /// `sendFile`, over the native transport.
  VERTX("Vert.x", () -> Programs.library("vertx-core")) {
    @Override
    public List<String> command(Site site) {
      return jvm(VertxPeer.class, site);
    }
  },
  /// Its default servlet over NIO, embedded.
  TOMCAT("Tomcat", () -> Programs.library("tomcat-embed-core")) {
    @Override
    public List<String> command(Site site) {
      return jvm(TomcatPeer.class, site);
    }
  },
  /// Its handler for resources, with the cache.
  UNDERTOW("Undertow", () -> Programs.library("undertow-core")) {
    @Override
    public List<String> command(Site site) {
      return jvm(UndertowPeer.class, site);
    }
  },
  /// Its handler for resources.
  JETTY("Jetty", () -> Programs.library("jetty-server")) {
    @Override
    public List<String> command(Site site) {
      return jvm(JettyPeer.class, site);
    }
  },
  /// On virtual threads.
  HELIDON("Helidon", () -> Programs.library("helidon-webserver")) {
    @Override
    public List<String> command(Site site) {
      return jvm(HelidonPeer.class, site);
    }
  },
  /// Virtual threads and plain `transferTo`, as everybody would write it.
  NAIVE("plain transferTo, virtual threads", () -> Optional.of("JDK " + Runtime.version())) {
    @Override
    public List<String> command(Site site) {
      return jvm(NaivePeer.class, site);
    }
  },
  /// The JDK's; without `nodelay`, an option that it documents, each answer would wait 40 ms.
  JWEBSERVER("jwebserver", () -> Programs.version(jdk("jwebserver"), "-version")) {
    @Override
    public List<String> command(Site site) {
      List<String> command = new ArrayList<>(List.of(jdk("jwebserver")));
      JVM_OPTIONS.forEach(option -> command.add("-J" + option));
      command.add("-J-Dsun.net.httpserver.nodelay=true");
      command.add("-J-Dsun.net.httpserver.maxIdleConnections=20000");
      command.addAll(List.of("-b", "127.0.0.1", "-p", Integer.toString(site.port())));
      command.addAll(List.of("-o", "none", "-d", site.folder().toAbsolutePath().toString()));
      return command;
    }
  };

  /// As `./jsendfile` has them, but for the size of its heap's young part.
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

  private static String jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
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
