package io.github.jsendfile.http.page;

import java.io.IOException;

/// Writes HTML. A template is trusted, what is put in it never is: each `{}` takes the next
/// argument, escaped.
final class Html {
  private final Appendable out;

  Html(Appendable out) {
    this.out = out;
  }

  /// Writes a template with its arguments.
  Html add(String template, Object... arguments) throws IOException {
    int from = 0;
    for (Object argument : arguments) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException("more arguments than places in: " + template);
      }
      out.append(template, from, hole).append(Escape.html(argument.toString()));
      from = hole + 2;
    }
    out.append(template, from, template.length());
    return this;
  }

  /// Writes what is trusted as it is: a style sheet, a script, the icons.
  Html trusted(String text) throws IOException {
    out.append(text);
    return this;
  }

  /// Writes a picture.
  Html icon(String id) throws IOException {
    return add("<svg class=\"icon {}\" aria-hidden=\"true\"><use href=\"#{}\"/></svg>", id, id);
  }
}
