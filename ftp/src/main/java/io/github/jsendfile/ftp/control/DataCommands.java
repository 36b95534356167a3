package io.github.jsendfile.ftp.control;

import io.github.jsendfile.ftp.data.ActiveAddress;
import io.github.jsendfile.ftp.session.Session;
import io.github.jsendfile.ftp.wire.RefusedException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where the next data connection comes from: PORT, EPRT, PASV, EPSV.
final class DataCommands {
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;
  private static final String IPV4 = "1";
  private static final String IPV6 = "2";
  private static final Pattern PROTOCOL = Pattern.compile("\\d{1,5}"); // of IANA's registry

  private DataCommands() {}

  static void port(Session session, String argument) throws IOException {
    refuseAfterEpsvAll(session, Verb.PORT);
    connect(
        session,
        ActiveAddress.ofPort(argument)
            .orElseThrow(() -> new RefusedException(501, "Invalid PORT format.")));
  }

  static void eprt(Session session, String argument) throws IOException {
    refuseAfterEpsvAll(session, Verb.EPRT);
    ActiveAddress.Extended named = ActiveAddress.ofEprt(argument).orElseThrow(DataCommands::noEprt);
    refuseOtherFamily(session, named.protocol());
    connect(session, named.address().orElseThrow(() -> noAddress(named)));
  }

  private static RefusedException noEprt() {
    return new RefusedException(501, "Invalid EPRT format.");
  }

  /// What is no IPv6 address is none of the client's either, and pyftpdlib says so.
  private static RefusedException noAddress(ActiveAddress.Extended named) {
    return named.protocol().equals(IPV6) ? foreign(named.host(), named.port()) : noEprt();
  }

  private static RefusedException foreign(String host, int port) {
    return new RefusedException(
        501, "Rejected data connection to foreign address " + host + ":" + port + ".");
  }

  /// Connects now, not at the transfer: so the client learns at once that it cannot be reached.
  private static void connect(Session session, InetSocketAddress client) throws IOException {
    refuseBounce(session, client);
    try {
      session.route().connect(session.local(), client);
    } catch (SocketTimeoutException e) {
      throw new RefusedException(425, "Active data channel timed out.");
    } catch (IOException e) {
      throw new RefusedException(425, "Can't connect to specified address.");
    }
    session.reply(200, "Active data connection established.");
  }

  /// A server that connects wherever it is told attacks and scans others for its clients
  /// (RFC 2577 §3).
  private static void refuseBounce(Session session, InetSocketAddress client)
      throws RefusedException {
    if (!session.isWelcome(client.getAddress())) {
      throw foreign(client.getAddress().getHostAddress(), client.getPort());
    }
    if (client.getPort() < FIRST_UNPRIVILEGED_PORT) {
      throw new RefusedException(
          501, "PORT against the privileged port \"" + client.getPort() + "\" refused.");
    }
  }

  static void pasv(Session session, String argument) throws IOException {
    refuseAfterEpsvAll(session, Verb.PASV);
    InetAddress own = session.local();
    InetAddress shown = session.settings().data().masquerade().orElse(own);
    if (!(own instanceof Inet4Address && shown instanceof Inet4Address)) {
      throw new RefusedException(425, "PASV is for IPv4; use EPSV.");
    }
    int port = listen(session);
    String host = shown.getHostAddress().replace('.', ',');
    session.reply(
        227, "Entering passive mode (" + host + "," + port / 256 + "," + port % 256 + ").");
  }

  static void epsv(Session session, String argument) throws IOException {
    if (argument.toUpperCase(Locale.ROOT).equals("ALL")) {
      session.parameters().extendedPassiveOnly();
      session.reply(200, "Other commands other than EPSV are now disabled.");
      return;
    }
    if (!argument.isEmpty()) {
      refuseOtherFamily(session, argument);
    }
    session.reply(229, "Entering extended passive mode (|||" + listen(session) + "|).");
  }

  private static int listen(Session session) throws IOException {
    try {
      return session.route().listen(session.local(), session::isWelcome);
    } catch (IOException e) {
      throw new RefusedException(425, "Can't open passive connection: no port is free.");
    }
  }

  private static void refuseAfterEpsvAll(Session session, Verb verb) throws RefusedException {
    if (session.parameters().isExtendedPassiveOnly()) {
      throw new RefusedException(501, verb.word() + " not allowed after EPSV ALL.");
    }
  }

  /// A data connection has the family of the control connection (RFC 2428 §2).
  private static void refuseOtherFamily(Session session, String protocol) throws RefusedException {
    String own = session.local() instanceof Inet4Address ? IPV4 : IPV6;
    if (protocol.equals(own)) {
      return;
    }
    throw PROTOCOL.matcher(protocol).matches()
        ? new RefusedException(522, "Network protocol not supported (use " + own + ").")
        : new RefusedException(501, "Unknown network protocol (use " + own + ").");
  }
}
