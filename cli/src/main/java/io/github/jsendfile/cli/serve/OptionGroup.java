package io.github.jsendfile.cli.serve;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import io.github.jsendfile.cli.argument.Conversion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Options that stand together in the help.
///
/// They are made by code. Annotations, which the other commands have, and picocli's own groups took
/// half the time that a server needs to start (`docs/decisions/0006-start-up.md`).
final class OptionGroup {
  private final String heading;
  private final List<OptionSpec> options = new ArrayList<>();

  OptionGroup(String heading) {
    this.heading = heading;
  }

  /// An option without a value.
  Setting<Boolean> flag(String name, String description) {
    return add(
        OptionSpec.builder(name)
            .type(boolean.class)
            .defaultValue("false")
            .description(description));
  }

  /// An option that may be left out.
  <T> Setting<T> optional(
      String name, String label, Function<String, T> parse, String description) {
    return add(valued(name, label, description).converters(Conversion.by(parse)));
  }

  /// An option that has a value when it is left out.
  <T> Setting<T> valued(
      String name, String label, Function<String, T> parse, String standard, String description) {
    return add(
        valued(name, label, description).converters(Conversion.by(parse)).defaultValue(standard));
  }

  /// An option that takes one of a few words.
  <T extends Enum<T>> Setting<T> choice(
      String name, String label, Class<T> words, String standard, String description) {
    List<String> candidates =
        Arrays.stream(words.getEnumConstants())
            .map(word -> word.name().toLowerCase(Locale.ROOT))
            .toList();
    return add(
        valued(name, label, description)
            .type(words)
            .completionCandidates(candidates)
            .defaultValue(standard));
  }

  /// An option that may be repeated.
  Setting<List<String>> repeated(String name, String label, String description) {
    return add(list(name, label, description));
  }

  /// An option that may be repeated, or have several values with commas between them.
  Setting<List<String>> several(String name, String label, String description) {
    return add(list(name, label, description).splitRegex(","));
  }

  /// The same with a value when it is left out.
  Setting<List<String>> several(String name, String label, String standard, String description) {
    return add(list(name, label, description).splitRegex(",").defaultValue(standard));
  }

  /// Reads a number.
  ///
  /// @throws IllegalArgumentException if it is none; the message is for the user
  static int wholeNumber(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a whole number", e);
    }
  }

  private static OptionSpec.Builder valued(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .arity("1")
        .type(String.class)
        .description(description);
  }

  private static OptionSpec.Builder list(String name, String label, String description) {
    return valued(name, label, description)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .initialValue(List.of());
  }

  private <T> Setting<T> add(OptionSpec.Builder builder) {
    OptionSpec option = builder.build();
    options.add(option);
    return new Setting<>(option);
  }

  /// Gives a command these options.
  void addTo(CommandSpec command) {
    options.forEach(command::addOption);
  }

  /// Gives a command the options of all groups, each under its heading in the help, behind those
  /// that the command has.
  static void addAll(CommandSpec command, List<OptionGroup> groups) {
    groups.forEach(group -> group.addTo(command));
    command.usageMessage().sectionMap().put(SECTION_KEY_OPTION_LIST, help -> render(help, groups));
  }

  private static String render(Help help, List<OptionGroup> groups) {
    List<OptionSpec> others = new ArrayList<>(help.commandSpec().options());
    groups.forEach(group -> others.removeAll(group.options));
    StringBuilder text = new StringBuilder(render(help, "", others));
    groups.forEach(group -> text.append(render(help, "%n" + group.heading + "%n", group.options)));
    return text.toString();
  }

  private static String render(Help help, String heading, List<OptionSpec> options) {
    Help.Layout layout =
        help.createDefaultLayout(help.commandSpec().options(), List.of(), help.colorScheme());
    layout.addOptions(options, help.parameterLabelRenderer());
    return help.createHeading(heading) + layout;
  }
}
