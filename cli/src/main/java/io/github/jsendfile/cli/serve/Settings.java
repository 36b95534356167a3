package io.github.jsendfile.cli.serve;

import io.github.jsendfile.cli.console.CommandFailure;
import io.github.jsendfile.cli.console.ExitCode;
import io.github.jsendfile.cli.console.LocalFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What an option is when the command line does not say: what the environment says, else what the
/// file of `--config` says, else the option's own default. The file is one of properties, a name of
/// an option on the left; the environment has the same names as `JSENDFILE_MAX_CONNECTIONS`.
public final class Settings implements IDefaultValueProvider {
  private static final String CONFIG = "--config";
  private static final String PREFIX = "JSENDFILE_";

  private final Map<String, String> environment;
  private final Properties file;
  private final String fileName;

  private Settings(Map<String, String> environment, Properties file, String fileName) {
    this.environment = environment;
    this.file = file;
    this.fileName = fileName;
  }

  /// Reads the file that the command line or the environment names.
  ///
  /// @throws CommandFailure if there is one and it cannot be read
  public static Settings of(String[] arguments, Map<String, String> environment)
      throws IOException {
    String name = configIn(arguments);
    if (name == null && arguments.length > 0 && arguments[0].equals("serve")) {
      name = environment.get(PREFIX + "CONFIG");
    }
    Properties properties = new Properties();
    if (name != null && !name.isEmpty()) {
      load(properties, LocalFiles.path(name));
    }
    return new Settings(environment, properties, name == null ? "" : name);
  }

  private static @Nullable String configIn(String[] arguments) {
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      return null;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(CONFIG + "=")) {
        return arguments[i].substring(CONFIG.length() + 1);
      }
      if (arguments[i].equals(CONFIG) && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
    }
    return null;
  }

  private static void load(Properties properties, Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw LocalFiles.refuse(path.toString(), "is a directory; name the file of options in it");
    }
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw LocalFiles.refuse(path.toString(), "is not a file of properties: " + e.getMessage());
    }
  }

  /// Refuses names in the file that no option of the command has.
  ///
  /// @throws CommandFailure if there are any
  void check(CommandSpec command) throws CommandFailure {
    Set<String> known = command.args().stream().map(Settings::name).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(file.stringPropertyNames());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, fileName + ": there is no option " + String.join(", ", unknown));
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec option) {
    String value = environment.get(variable(option));
    return value == null ? file.getProperty(name(option)) : value;
  }

  /// Where an option has its value from.
  ///
  /// @return the variable or the file, if it is not from the command line
  public Optional<String> source(ArgSpec option, String value) {
    if (!value.equals(defaultValue(option))) {
      return Optional.empty();
    }
    String variable = variable(option);
    return Optional.of(environment.containsKey(variable) ? variable : fileName);
  }

  private static String variable(ArgSpec option) {
    return PREFIX + name(option).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String name(ArgSpec option) {
    return option instanceof OptionSpec named
        ? named.longestName().replaceFirst("^--", "")
        : option.paramLabel().toLowerCase(Locale.ROOT);
  }
}
