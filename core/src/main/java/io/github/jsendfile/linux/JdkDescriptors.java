package io.github.jsendfile.linux;

import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.channels.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The number that the JDK keeps in a channel, where the JDK's packages are opened to us
/// (`--add-opens`, or `Add-Opens` in an executable jar).
final class JdkDescriptors {
  private static final Map<Class<?>, Optional<Field>> FIELDS = new ConcurrentHashMap<>();

  private JdkDescriptors() {}

  /// Whether the JDK shows the descriptors of its file channels.
  static boolean areShown() {
    try {
      Class<?> fileChannel = Class.forName("sun.nio.ch.FileChannelImpl");
      return open(fileChannel).isPresent() && open(FileDescriptor.class).isPresent();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /// The number, or a negative one if the JDK does not show it.
  static int numberOf(Channel channel) {
    Optional<Field> holder = FIELDS.computeIfAbsent(channel.getClass(), JdkDescriptors::open);
    Optional<Field> number = FIELDS.computeIfAbsent(FileDescriptor.class, JdkDescriptors::open);
    if (holder.isEmpty() || number.isEmpty()) {
      return -1;
    }
    try {
      return number.get().getInt(holder.get().get(channel));
    } catch (IllegalAccessException e) {
      return -1;
    }
  }

  private static Optional<Field> open(Class<?> type) {
    try {
      Field field = type.getDeclaredField("fd");
      field.setAccessible(true);
      return Optional.of(field);
    } catch (NoSuchFieldException | InaccessibleObjectException e) {
      return Optional.empty();
    }
  }
}
