package io.github.jsendfile;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// What a recording shows of a transfer. Costs nothing while none runs.
@Name("io.github.jsendfile.Transfer")
@Label("File Transfer")
@Category("JSendfile")
@Description("A file, or parts of files, sent to a socket")
@StackTrace(false)
final class TransferEvent extends Event {
  @Label("Bytes Sent")
  @Description("Bytes of the file that the kernel took")
  @DataAmount
  long bytesSent;

  @Label("Total Bytes")
  @Description("Bytes of the file and of the buffers around it")
  @DataAmount
  long totalBytes;

  @Label("Position")
  @Description("Where in the file the first region began")
  @DataAmount
  long position;

  @Label("Mechanism")
  @Description("The way the bytes went: native, channel or copy")
  @Nullable String mechanism;

  @Label("Waits")
  @Description("How many times the socket was found full")
  long waits;

  @Label("Stalled Time")
  @Description("How long the transfer waited for the peer in all")
  @Timespan(Timespan.NANOSECONDS)
  long stalledTime;

  @Label("Outcome")
  @Description("completed, or the kind of failure")
  @Nullable String outcome;

  private static final TransferEvent PROBE = new TransferEvent();

  /// An event that begins now, null while nobody records any.
  static @Nullable TransferEvent begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    TransferEvent event = new TransferEvent();
    event.begin();
    return event;
  }

  /// Ends the event and hands it to the recordings.
  void commit(Payload payload, Tally tally, String outcome) {
    end();
    if (shouldCommit()) {
      bytesSent = tally.bytesSent();
      totalBytes = tally.totalBytes();
      position =
          payload.parts().stream()
              .filter(FileRegion.class::isInstance)
              .mapToLong(part -> ((FileRegion) part).position())
              .findFirst()
              .orElse(0);
      mechanism = tally.mechanism().word();
      waits = tally.waits();
      stalledTime = tally.waitedNanos();
      this.outcome = outcome;
      commit();
    }
  }
}
