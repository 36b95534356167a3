package io.github.jsendfile.ftp.data;

import io.github.jsendfile.server.files.Durability;
import io.github.jsendfile.server.files.Existing;
import io.github.jsendfile.server.files.NewFile;
import io.github.jsendfile.server.files.OpenFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;

/// Where an upload goes, and what becomes of it when it ends well or breaks.
public abstract class StoredFile {
  private final FileChannel channel;
  private final long position;

  private StoredFile(FileChannel channel, long position) {
    this.channel = channel;
    this.position = position;
  }

  /// A new file that takes its name when all of it is there.
  ///
  /// @param existing what becomes of a file that has the name by then
  /// @param keepPartial whether a part of it takes the name too, if nothing else has it
  public static StoredFile whole(NewFile file, Existing existing, boolean keepPartial) {
    return new StoredFile(file.channel(), 0) {
      @Override
      void complete() throws IOException {
        file.commit(existing, Durability.WRITTEN);
      }

      @Override
      void end(boolean moved) throws IOException {
        try (file) {
          if (keepPartial && moved) {
            file.commit(Existing.KEEP, Durability.WRITTEN);
          }
        } catch (FileAlreadyExistsException e) {
          // what was there stays
        }
      }
    };
  }

  /// A file that is appended to or resumed: what arrives is in it at once.
  public static StoredFile inPlace(OpenFile file, long position) {
    return new StoredFile(file.channel(), position) {
      @Override
      void complete() throws IOException {
        file.close();
      }

      @Override
      void end(boolean moved) throws IOException {
        file.close();
      }
    };
  }

  final FileChannel channel() {
    return channel;
  }

  /// Where its first byte goes.
  final long position() {
    return position;
  }

  /// Makes it last.
  abstract void complete() throws IOException;

  /// Ends it, complete or not.
  ///
  /// @param moved whether anything has arrived
  abstract void end(boolean moved) throws IOException;
}
