package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.wire.RefusedException;

/// An argument that is a word and a path.
record Words(String first, String rest) {
  static Words of(String argument) throws RefusedException {
    int space = argument.indexOf(' ');
    if (space < 0) {
      throw new RefusedException(501, "Syntax error: command needs two arguments.");
    }
    return new Words(argument.substring(0, space), argument.substring(space + 1));
  }
}
