package io.github.jsendfile.bench.large;

import io.github.jsendfile.FileRegion;
import io.github.jsendfile.FileSender;
import io.github.jsendfile.Mechanism;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The ways there are without us, each as its friends would write it.
final class Ways {
  private static final int STREAM_BUFFER_BYTES = 8 * 1024;

  private Ways() {}

  static Way ours(Mechanism only) {
    FileSender sender = FileSender.builder().mechanisms(only).build();
    return (file, socket) -> sender.send(FileRegion.of(file), socket);
  }

  static void transferTo(Path file, SocketChannel socket) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      for (long position = 0; position < size; ) {
        position += channel.transferTo(position, size - position, socket);
      }
    }
  }

  static void mapAndWrite(Path file, SocketChannel socket) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Arena arena = Arena.ofConfined()) {
      ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena).asByteBuffer();
      while (mapped.hasRemaining()) {
        socket.write(mapped);
      }
    }
  }

  static void copy(Path file, SocketChannel socket, int bufferBytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          socket.write(buffer);
        }
      }
    }
  }

  static void streams(Path file, SocketChannel socket) throws IOException {
    byte[] buffer = new byte[STREAM_BUFFER_BYTES];
    try (InputStream in = new FileInputStream(file.toFile())) {
      OutputStream out = socket.socket().getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    }
  }
}
