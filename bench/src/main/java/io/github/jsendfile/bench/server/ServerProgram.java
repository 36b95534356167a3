package io.github.jsendfile.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A server that can be started on a folder. A benchmark's contenders are an enum of these, one
/// entry each.
public interface ServerProgram {
  /// How the tables and charts call it.
  String label();

  /// What it says about itself; empty if it is not there, and then it does not take part.
  Optional<String> version();

  /// The command line that serves [Site#folder] at [Site#port] of the loopback interface, in the
  /// foreground. Writes what configuration it needs below [Site#scratch].
  List<String> command(Site site) throws IOException;
}
