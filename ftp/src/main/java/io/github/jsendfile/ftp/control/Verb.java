package io.github.jsendfile.ftp.control;

import static io.github.jsendfile.ftp.control.Access.ANYONE;
import static io.github.jsendfile.ftp.control.Access.LOGIN;
import static io.github.jsendfile.ftp.control.Argument.NONE;
import static io.github.jsendfile.ftp.control.Argument.OPTIONAL;
import static io.github.jsendfile.ftp.control.Argument.REQUIRED;
import static io.github.jsendfile.ftp.control.Turn.AFTER_TRANSFER;
import static io.github.jsendfile.ftp.control.Turn.AT_ONCE;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All the server understands: the dispatcher, HELP, FEAT and the documentation read this table.
/// A verb without a command is known and not implemented.
enum Verb {
  ABOR(LOGIN, NONE, AT_ONCE, "RFC 959", "", "end the transfer", TransferCommands::abor),
  ACCT(ANYONE, OPTIONAL, AT_ONCE, "RFC 959", "[<SP> account]", "not implemented", null),
  ALLO(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "RFC 959",
      "<SP> bytes",
      "say how long an upload will be",
      ParameterCommands::allo),
  APPE(
      LOGIN,
      REQUIRED,
      AFTER_TRANSFER,
      "RFC 959",
      "<SP> path",
      "append to a file",
      TransferCommands::appe),
  AVBL(
      LOGIN,
      OPTIONAL,
      AT_ONCE,
      "draft-peterson-streamlined-ftp-command-extensions",
      "[<SP> path]",
      "bytes that can be stored",
      FileCommands::avbl),
  CDUP(LOGIN, NONE, AT_ONCE, "RFC 959", "", "go to the parent directory", DirectoryCommands::cdup),
  CLNT(ANYONE, REQUIRED, AT_ONCE, "habit", "<SP> name", "name the client", ParameterCommands::clnt),
  CWD(
      LOGIN,
      OPTIONAL,
      AT_ONCE,
      "RFC 959",
      "[<SP> path]",
      "go to a directory",
      DirectoryCommands::cwd),
  DELE(LOGIN, REQUIRED, AT_ONCE, "RFC 959", "<SP> path", "delete a file", FileCommands::dele),
  EPRT(
      LOGIN,
      REQUIRED,
      AFTER_TRANSFER,
      "RFC 2428",
      "<SP> |protocol|address|port|",
      "connect to the client, any protocol",
      DataCommands::eprt),
  EPSV(
      LOGIN,
      OPTIONAL,
      AFTER_TRANSFER,
      "RFC 2428",
      "[<SP> protocol/\"ALL\"]",
      "listen for the client, any protocol",
      DataCommands::epsv),
  FEAT(ANYONE, NONE, AT_ONCE, "RFC 2389", "", "list the extensions", InformationCommands::feat),
  HASH(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "draft-bryan-ftp-hash",
      "<SP> path",
      "digest of a file",
      DigestCommands::hash),
  HELP(ANYONE, OPTIONAL, AT_ONCE, "RFC 959", "[<SP> verb]", "show this", InformationCommands::help),
  HOST(
      ANYONE,
      REQUIRED,
      AT_ONCE,
      "RFC 7151",
      "<SP> host",
      "name the host that is meant",
      LoginCommands::host),
  LANG(
      ANYONE,
      OPTIONAL,
      AT_ONCE,
      "RFC 2640",
      "[<SP> language]",
      "language of the replies; English only",
      InformationCommands::lang),
  LIST(
      LOGIN,
      OPTIONAL,
      AFTER_TRANSFER,
      "RFC 959",
      "[<SP> path]",
      "list a directory as ls -l",
      ListingCommands::list),
  MDTM(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "RFC 3659",
      "<SP> path",
      "time of a file's last change",
      FileCommands::mdtm),
  MFF(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "draft-somers-ftp-mfxx",
      "<SP> fact=value; <SP> path",
      "change facts of a file",
      FactCommands::mff),
  MFMT(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "draft-somers-ftp-mfxx",
      "<SP> YYYYMMDDHHMMSS <SP> path",
      "set the time of a file's last change",
      FactCommands::mfmt),
  MKD(LOGIN, REQUIRED, AT_ONCE, "RFC 959", "<SP> path", "make a directory", DirectoryCommands::mkd),
  MLSD(
      LOGIN,
      OPTIONAL,
      AFTER_TRANSFER,
      "RFC 3659",
      "[<SP> path]",
      "list a directory as facts",
      ListingCommands::mlsd),
  MLST(
      LOGIN,
      OPTIONAL,
      AT_ONCE,
      "RFC 3659",
      "[<SP> path]",
      "facts of one file",
      ListingCommands::mlst),
  MODE(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "RFC 959",
      "<SP> S",
      "transfer mode; stream only",
      ParameterCommands::mode),
  NLST(
      LOGIN,
      OPTIONAL,
      AFTER_TRANSFER,
      "RFC 959",
      "[<SP> path]",
      "list names",
      ListingCommands::nlst),
  NOOP(ANYONE, NONE, AT_ONCE, "RFC 959", "", "do nothing", InformationCommands::noop),
  OPTS(
      ANYONE,
      REQUIRED,
      AT_ONCE,
      "RFC 2389",
      "<SP> verb [<SP> options]",
      "set options",
      ParameterCommands::opts),
  PASS(ANYONE, OPTIONAL, AT_ONCE, "RFC 959", "[<SP> password]", "log in", LoginCommands::pass),
  PASV(LOGIN, NONE, AFTER_TRANSFER, "RFC 959", "", "listen for the client", DataCommands::pasv),
  PORT(
      LOGIN,
      REQUIRED,
      AFTER_TRANSFER,
      "RFC 959",
      "<SP> h1,h2,h3,h4,p1,p2",
      "connect to the client",
      DataCommands::port),
  PWD(LOGIN, NONE, AT_ONCE, "RFC 959", "", "show the current directory", DirectoryCommands::pwd),
  QUIT(ANYONE, NONE, AT_ONCE, "RFC 959", "", "end the session", LoginCommands::quit),
  REIN(LOGIN, NONE, AT_ONCE, "RFC 959", "", "log out, stay connected", LoginCommands::rein),
  REST(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "RFC 3659",
      "<SP> offset",
      "begin the next transfer there",
      ParameterCommands::rest),
  RETR(
      LOGIN,
      REQUIRED,
      AFTER_TRANSFER,
      "RFC 959",
      "<SP> path",
      "send a file",
      TransferCommands::retr),
  RMD(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "RFC 959",
      "<SP> path",
      "remove a directory",
      DirectoryCommands::rmd),
  RNFR(LOGIN, REQUIRED, AT_ONCE, "RFC 959", "<SP> path", "rename this", FileCommands::rnfr),
  RNTO(LOGIN, REQUIRED, AT_ONCE, "RFC 959", "<SP> path", "to this", FileCommands::rnto),
  SITE(
      ANYONE,
      REQUIRED,
      AT_ONCE,
      "RFC 959",
      "<SP> verb",
      "what is this server's own",
      SiteCommands::unknown),
  SITE_CHMOD(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "habit",
      "<SP> mode <SP> path",
      "change a file's mode",
      SiteCommands::chmod),
  SITE_HELP(
      ANYONE,
      OPTIONAL,
      AT_ONCE,
      "RFC 959",
      "[<SP> verb]",
      "show the SITE verbs",
      SiteCommands::help),
  SIZE(LOGIN, REQUIRED, AT_ONCE, "RFC 3659", "<SP> path", "size of a file", FileCommands::size),
  SMNT(ANYONE, OPTIONAL, AT_ONCE, "RFC 959", "[<SP> path]", "not implemented", null),
  STAT(
      ANYONE,
      OPTIONAL,
      AT_ONCE,
      "RFC 959",
      "[<SP> path]",
      "status; or a list, as a reply",
      InformationCommands::stat),
  STOR(
      LOGIN,
      REQUIRED,
      AFTER_TRANSFER,
      "RFC 959",
      "<SP> path",
      "store a file",
      TransferCommands::stor),
  STOU(
      LOGIN,
      OPTIONAL,
      AFTER_TRANSFER,
      "RFC 959",
      "[<SP> path]",
      "store under a new name",
      TransferCommands::stou),
  STRU(
      LOGIN,
      REQUIRED,
      AT_ONCE,
      "RFC 959",
      "<SP> F",
      "file structure; plain only",
      ParameterCommands::stru),
  SYST(ANYONE, NONE, AT_ONCE, "RFC 959", "", "name of the system", InformationCommands::syst),
  TYPE(LOGIN, REQUIRED, AT_ONCE, "RFC 959", "<SP> A | I", "text or bytes", ParameterCommands::type),
  USER(ANYONE, REQUIRED, AT_ONCE, "RFC 959", "<SP> name", "say who logs in", LoginCommands::user),
  XCUP(LOGIN, NONE, AT_ONCE, "RFC 775", "", "as CDUP", DirectoryCommands::cdup),
  XCWD(LOGIN, OPTIONAL, AT_ONCE, "RFC 775", "[<SP> path]", "as CWD", DirectoryCommands::cwd),
  XMD5(LOGIN, REQUIRED, AT_ONCE, "habit", "<SP> path", "MD5 of a file", DigestCommands::xmd5),
  XMKD(LOGIN, REQUIRED, AT_ONCE, "RFC 775", "<SP> path", "as MKD", DirectoryCommands::mkd),
  XPWD(LOGIN, NONE, AT_ONCE, "RFC 775", "", "as PWD", DirectoryCommands::pwd),
  XRMD(LOGIN, REQUIRED, AT_ONCE, "RFC 775", "<SP> path", "as RMD", DirectoryCommands::rmd),
  XSHA256(
      LOGIN, REQUIRED, AT_ONCE, "habit", "<SP> path", "SHA-256 of a file", DigestCommands::xsha256);

  private static final Map<String, Verb> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Verb::word, Function.identity()));

  private final Access access;
  private final Argument argument;
  private final Turn turn;
  private final String clause;
  private final String syntax;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method holds nothing
  private final @Nullable Command command;

  Verb(
      Access access,
      Argument argument,
      Turn turn,
      String clause,
      String syntax,
      String help,
      @Nullable Command command) {
    this.access = access;
    this.argument = argument;
    this.turn = turn;
    this.clause = clause;
    this.syntax = syntax;
    this.help = help;
    this.command = command;
  }

  /// The verb of a word in capitals.
  static Optional<Verb> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /// As it is typed.
  String word() {
    return name().replace('_', ' ');
  }

  Access access() {
    return access;
  }

  Argument argument() {
    return argument;
  }

  Turn turn() {
    return turn;
  }

  /// Where it is specified.
  String clause() {
    return clause;
  }

  /// What it does; empty if it is not implemented.
  Optional<Command> command() {
    return Optional.ofNullable(command);
  }

  /// One line about it.
  String help() {
    String line = syntax.isEmpty() ? word() : word() + " " + syntax;
    return "Syntax: " + line + " (" + help + ").";
  }

  /// Whether it belongs to SITE.
  boolean isSite() {
    return word().indexOf(' ') > 0;
  }
}
