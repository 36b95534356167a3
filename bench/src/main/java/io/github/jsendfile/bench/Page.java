package io.github.jsendfile.bench;

/// The pages that the results are written to.
public enum Page {
  /// What a transfer costs.
  CORE(
      "core.md",
      """
      # What it costs

      Written by `./bench/run`; each part says when and on what. Ratios were taken on one machine in
      one run; the plain figures will differ on yours. Peers are always in a process of their own, so
      what is measured is the sender alone. Losing cases are in the tables like all others.

      """),
  /// What receiving costs.
  RECEIVE(
      "receive.md",
      """
      # What receiving costs

      Written by `./bench/run receive`; it says when and on what. Ratios were taken on one machine in
      one run; the plain figures will differ on yours.

      """),
  /// Files over HTTP.
  HTTP(
      "http.md",
      """
      # Files over HTTP, against other servers

      Written by `./bench/run http`; each part says when and on what. Ratios were taken on one machine
      in one run; the plain figures will differ on yours. Losing cases are in the tables like all
      others.

      """),
  /// What a server is before anybody asks it for much.
  FOOTPRINT(
      "footprint.md",
      """
      # Start and memory of HTTP servers

      Written by `./bench/run footprint`; each part says when and on what.

      """),
  /// How cost grows.
  SCALING(
      "scaling.md",
      """
      # How cost grows: cores, connections, files, entries

      Written by `./bench/run scaling`; each part says when and on what. The plain figures will differ on
      yours.

      """),
  /// Files over FTP.
  FTP(
      "ftp.md",
      """
      # Files over FTP, against other servers

      Written by `./bench/run ftp`; each part says when and on what. Ratios were taken on one machine
      in one run; the plain figures will differ on yours. Losing cases are in the tables like all
      others.

      """);

  private final String file;
  private final String header;

  Page(String file, String header) {
    this.file = file;
    this.header = header;
  }

  String file() {
    return file;
  }

  String header() {
    return header;
  }
}
