package io.github.jsendfile.ftp.session;

import io.github.jsendfile.ftp.FtpEvents;
import io.github.jsendfile.ftp.data.PassivePorts;
import io.github.jsendfile.server.limits.Headcount;
import io.github.jsendfile.server.listener.Deadlines;
import io.github.jsendfile.server.log.AccessEntry;
import io.github.jsendfile.server.users.Logins;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All that is the same for each session of a server.
///
/// @param logins who may log in
/// @param events who is told
/// @param deadlines ends what idles
/// @param banner what 220 says
/// @param limits how long and how often
/// @param data where data connections may come from and go to
/// @param files how files are listed and stored
/// @param movers how fast
/// @param users how many sessions each user has
/// @param watching who is told, besides the embedding program
public record Settings(
    Logins logins,
    FtpEvents events,
    Deadlines deadlines,
    String banner,
    Limits limits,
    Data data,
    Files files,
    Movers movers,
    Headcount<String> users,
    Watching watching) {
  /// How long something may take, and how often a login may fail.
  ///
  /// @param idle from one command to the next
  /// @param login the same, before login
  /// @param connect until a data connection is there
  /// @param loginAttempts after so many failed ones the connection closes
  public record Limits(Duration idle, Duration login, Duration connect, int loginAttempts) {}

  /// Data connections.
  ///
  /// @param ports where passive ones are awaited
  /// @param shownAddress what PASV shows instead of this machine's own address
  /// @param foreignAddresses whether they may come from and go to others than the client
  public record Data(
      PassivePorts ports, @Nullable InetAddress shownAddress, boolean foreignAddresses) {
    /// What PASV shows instead of this machine's own address.
    public Optional<InetAddress> masquerade() {
      return Optional.ofNullable(shownAddress);
    }
  }

  /// Files.
  ///
  /// @param globbing whether lists take patterns
  /// @param keepPartial whether a broken upload leaves what has arrived, if the name was free
  public record Files(boolean globbing, boolean keepPartial) {}

  /// Who is told for logs and numbers.
  ///
  /// @param answers commands and transfers; null if nobody wants them
  /// @param timeouts the names of time limits that have passed
  /// @param transfers how many there are
  public record Watching(
      @Nullable Consumer<AccessEntry> answers,
      Consumer<String> timeouts,
      TransferCount transfers) {}
}
