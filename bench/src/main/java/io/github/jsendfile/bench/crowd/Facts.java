package io.github.jsendfile.bench.crowd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What a measuring process tells: names and figures on one line.
final class Facts {
  private final Map<String, String> facts = new LinkedHashMap<>();

  static Facts parse(String line) {
    Facts parsed = new Facts();
    for (String pair : line.split(" ", -1)) {
      String[] halves = pair.split("=", 2);
      parsed.put(halves[0], halves[1]);
    }
    return parsed;
  }

  void put(String name, Object value) {
    facts.put(name, value.toString());
  }

  String text(String name) {
    return Objects.requireNonNull(facts.get(name), name);
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    facts.forEach(
        (name, value) ->
            line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(value));
    return line.toString();
  }
}
