package io.github.jsendfile.linux;

import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.net.Socket;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The number that the JDK keeps in a channel or a socket, where the JDK's packages are opened to
/// us (`--add-opens`, or `Add-Opens` in an executable jar).
final class JdkDescriptors {
  private static final String SOCKET_IMPLEMENTATION = "sun.nio.ch.NioSocketImpl";

  private record Name(Class<?> type, String field) {}

  private static final Map<Name, Optional<Field>> FIELDS = new ConcurrentHashMap<>();

  private JdkDescriptors() {}

  /// Whether the JDK shows the descriptors of its file channels.
  static boolean areShown() {
    try {
      Class<?> fileChannel = Class.forName("sun.nio.ch.FileChannelImpl");
      return field(fileChannel, "fd").isPresent() && field(FileDescriptor.class, "fd").isPresent();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /// The number, or a negative one if the JDK does not show it.
  static int numberOf(Channel channel) {
    return numberOf(value(channel, "fd"));
  }

  /// The number, or a negative one if the JDK does not show it.
  static int numberOf(JdkSocket socket) {
    return switch (socket) {
      case JdkSocket.OfChannel(SocketChannel channel) -> numberOf(channel);
      case JdkSocket.Plain(Socket plain) -> numberOf(value(implementation(plain), "fd"));
    };
  }

  private static int numberOf(@Nullable Object descriptor) {
    return value(descriptor, "fd") instanceof Integer number ? number : -1;
  }

  /// The innermost: a socket that may connect through a proxy delegates to another.
  private static @Nullable Object implementation(Socket socket) {
    Object implementation = value(socket, "impl");
    while (implementation != null && !isInnermost(implementation)) {
      implementation = value(implementation, "delegate");
    }
    return implementation;
  }

  private static boolean isInnermost(Object implementation) {
    return implementation.getClass().getName().equals(SOCKET_IMPLEMENTATION);
  }

  private static @Nullable Object value(@Nullable Object holder, String name) {
    if (holder == null) {
      return null;
    }
    Optional<Field> field = field(holder.getClass(), name);
    try {
      return field.isEmpty() ? null : field.get().get(holder);
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  private static Optional<Field> field(Class<?> type, String name) {
    return FIELDS.computeIfAbsent(new Name(type, name), JdkDescriptors::open);
  }

  /// Opens the field of a type, or what it inherits.
  private static Optional<Field> open(Name name) {
    for (Class<?> type = name.type(); type != null; type = type.getSuperclass()) {
      try {
        Field field = type.getDeclaredField(name.field());
        field.setAccessible(true);
        return Optional.of(field);
      } catch (NoSuchFieldException ignored) { // then its parent's
      } catch (InaccessibleObjectException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
