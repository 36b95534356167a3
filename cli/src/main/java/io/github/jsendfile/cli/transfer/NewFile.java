package io.github.jsendfile.cli.transfer;

import io.github.jsendfile.FileReceiver;
import io.github.jsendfile.Received;
import io.github.jsendfile.cli.console.Interruption;
import io.github.jsendfile.cli.console.LocalFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongConsumer;

/// A file that appears, or is replaced, in one moment and whole, or not at all: written under a
/// temporary name in the same directory, then renamed. The temporary file goes away on failure and
/// on signals; only `kill -9` and a power cut leave it.
final class NewFile implements Destination {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final boolean replaces;
  private final Path temporary;
  private final FileChannel channel;
  private final Interruption interruption;
  private long received;
  private boolean ended;

  private NewFile(Path file, boolean replaces, Path temporary) throws IOException {
    this.file = file;
    this.replaces = replaces;
    this.temporary = temporary;
    this.channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    this.interruption = Interruption.of(this::drop);
  }

  /// Begins a file.
  ///
  /// @param file its name
  /// @param replaces whether a file of that name may be replaced
  /// @throws IOException if it can be seen already that this cannot end well
  static NewFile begin(Path file, boolean replaces) throws IOException {
    Path target = LocalFiles.writable(file);
    boolean exists = Files.exists(target);
    if (exists && !replaces) {
      throw new FileAlreadyExistsException(file.toString());
    }
    byte[] random = new byte[6];
    RANDOM.nextBytes(random);
    String name = ".jsendfile-" + HexFormat.of().formatHex(random) + ".part";
    NewFile begun = new NewFile(target, replaces, target.resolveSibling(name));
    if (exists) {
      begun.takePermissionsOf(target);
    }
    return begun;
  }

  private void takePermissionsOf(Path old) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(old);
      Files.setPosixFilePermissions(temporary, permissions);
    } catch (UnsupportedOperationException e) {
      // a file system without them
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public Received receive(
      FileReceiver receiver, SocketChannel socket, long length, LongConsumer progress)
      throws IOException {
    Received result = receiver.receive(socket, channel, 0, length, progress);
    received = result.bytesReceived();
    return result;
  }

  @Override
  public Sha256 digest() throws IOException {
    return Sha256.of(channel, 0, received);
  }

  @Override
  public synchronized void complete() throws IOException {
    if (ended) {
      throw new IOException("interrupted");
    }
    channel.close();
    if (replaces) {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      appear();
    }
    ended = true;
    interruption.close();
    syncDirectory();
  }

  /// A hard link fails if the name is taken, in one step, which a rename does not.
  private void appear() throws IOException {
    try {
      Files.createLink(file, temporary);
      Files.delete(temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.createFile(file); // claims the name, or fails
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void syncDirectory() {
    Path directory = LocalFiles.directoryOf(file);
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (IOException e) {
      // Windows opens no directories; the content itself is on disk
    }
  }

  private synchronized void drop() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // nothing more can be done about it
    }
  }

  @Override
  public void reject() {
    drop();
  }

  @Override
  public String afterFailure() {
    return file + " was not written";
  }

  @Override
  public void close() throws IOException {
    interruption.close();
    drop();
    channel.close();
  }
}
