package io.github.jsendfile.ftp.control;

/// Whether a verb takes an argument.
enum Argument {
  NONE,
  OPTIONAL,
  REQUIRED;

  /// Why a line with this argument is refused, empty if it is not.
  String objection(String argument) {
    if (this == REQUIRED && argument.isEmpty()) {
      return "Syntax error: command needs an argument.";
    }
    if (this == NONE && !argument.isEmpty()) {
      return "Syntax error: command does not accept arguments.";
    }
    return "";
  }
}
