package io.github.jsendfile.bench.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A server that can be started on a folder. A benchmark's contenders are an enum of these, one
/// entry each.
public interface ServerProgram {
  /// How the tables and charts call it.
  String label();

  /// What it says about itself; empty if it is not there, and then it does not take part.
  Optional<String> version();

  /// Those that are there, of those that the command line names; says who is not.
  ///
  /// @param all the contenders
  /// @param only their names on the command line; all if empty
  static <S extends Enum<S> & ServerProgram> List<S> present(List<S> all, List<String> only) {
    List<S> present = new ArrayList<>();
    for (S server : all) {
      if (only.isEmpty() || only.contains(server.name())) {
        if (server.version().isPresent()) {
          present.add(server);
        } else {
          System.out.println("SKIPPED: " + server.label() + " is not to be had here");
        }
      }
    }
    return present;
  }

  /// The command line that serves [Site#folder] at [Site#port] of the loopback interface, in the
  /// foreground. Writes what configuration it needs below [Site#scratch].
  List<String> command(Site site) throws IOException;
}
