package io.github.jsendfile.ftp.control;

import java.util.Locale;
import java.util.Optional;

/// One line of a client, taken apart.
///
/// @param word the verb as it was typed, in capitals; `SITE` together with the word behind it
/// @param argument all behind one space, kept as it is: names may begin and end with spaces
record CommandLine(String word, String argument) {
  private static final String SITE = "SITE";

  static CommandLine parse(String line) {
    CommandLine plain = split(line, 0);
    if (!plain.word.equals(SITE) || plain.argument.isEmpty()) {
      return plain;
    }
    CommandLine site = split(line, SITE.length() + 1);
    return new CommandLine(SITE + " " + site.word, site.argument);
  }

  private static CommandLine split(String line, int from) {
    int space = line.indexOf(' ', from);
    String word = space < 0 ? line.substring(from) : line.substring(from, space);
    String argument = space < 0 ? "" : line.substring(space + 1);
    return new CommandLine(word.toUpperCase(Locale.ROOT), argument);
  }

  /// The verb it names. ABOR, STAT and QUIT are found behind whatever a client's Telnet signals
  /// have left in front of them.
  Optional<Verb> verb() {
    return Verb.of(word).or(this::behindSignals);
  }

  private Optional<Verb> behindSignals() {
    for (Verb verb : new Verb[] {Verb.ABOR, Verb.STAT, Verb.QUIT}) {
      if (word.endsWith(verb.word())) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }

  /// What a log may show: never a password.
  String forLog() {
    if (word.endsWith(Verb.PASS.word()) || word.endsWith(Verb.ACCT.word())) {
      return word + " ****";
    }
    return argument.isEmpty() ? word : word + " " + argument;
  }
}
