package io.github.jsendfile.ftp;

import io.github.jsendfile.Mechanism;
import io.github.jsendfile.server.path.TreePath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Told what happens at a server. Each method does nothing unless overridden. They are called on
/// the thread that serves the client, before it is replied to, by many at once.
public interface FtpEvents {
  /// A listener that does nothing.
  FtpEvents NONE = new FtpEvents() {};

  /// A file that was transferred, all or a part of it.
  ///
  /// @param user who transferred it
  /// @param verb RETR, STOR, STOU or APPE
  /// @param path the file, from the user's home on
  /// @param bytes how many moved
  /// @param elapsed from the command to the end
  /// @param mechanism the way they went
  record File(
      String user, String verb, TreePath path, long bytes, Duration elapsed, Mechanism mechanism) {}

  /// A client has connected.
  ///
  /// @param client its address
  default void connected(InetSocketAddress client) {}

  /// A client's connection has ended.
  ///
  /// @param client its address
  default void disconnected(InetSocketAddress client) {}

  /// A user has logged in.
  ///
  /// @param user the account's name
  /// @param client the client's address
  default void loggedIn(String user, InetAddress client) {}

  /// A login was refused.
  ///
  /// @param user the name that was given, whether there is such an account or not
  /// @param client the client's address
  default void loginFailed(String user, InetAddress client) {}

  /// A user has logged out, or the connection has ended.
  ///
  /// @param user the account's name
  /// @param client the client's address
  default void loggedOut(String user, InetAddress client) {}

  /// A file was sent, all that was asked for.
  ///
  /// @param file what, and how
  default void fileSent(File file) {}

  /// A file was received and has its name.
  ///
  /// @param file what, and how
  default void fileReceived(File file) {}

  /// A transfer of a file has failed or was aborted; [File#bytes()] says how far it came.
  ///
  /// @param file what, and how
  default void transferBroken(File file) {}
}
