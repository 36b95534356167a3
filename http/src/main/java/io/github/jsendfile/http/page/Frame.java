package io.github.jsendfile.http.page;

import java.io.IOException;

/// What every page begins and ends with.
final class Frame {
  private Frame() {}

  static void begin(Html html, String title) throws IOException {
    html.add(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{}</title>
        """,
        title);
    html.add("<link rel=\"icon\" href=\"").trusted(Assets.FAVICON).add("\">\n<style>");
    html.trusted(Assets.STYLE).add("</style>\n</head>\n<body>\n");
  }

  static void end(Html html) throws IOException {
    html.add("</body>\n</html>\n");
  }
}
