package io.github.jsendfile.http.page;

import java.io.IOException;
import java.util.Map;

/// What a status means to a person. It says nothing of the machine: no path of its, no exception.
final class ErrorPage {
  private static final Map<Integer, String> MEANINGS =
      Map.ofEntries(
          Map.entry(400, "The request was not understood."),
          Map.entry(401, "A name and a password are needed here."),
          Map.entry(403, "This is not allowed here."),
          Map.entry(404, "There is nothing at this address. It may have been moved or deleted."),
          Map.entry(405, "This cannot be done with what is at this address."),
          Map.entry(408, "The request did not arrive in time."),
          Map.entry(409, "This does not fit with what is there already."),
          Map.entry(411, "The length of the request is missing."),
          Map.entry(412, "What is there is not what was expected; it may have changed."),
          Map.entry(413, "This is more than the server accepts."),
          Map.entry(414, "The address is too long."),
          Map.entry(415, "This kind of content is not accepted."),
          Map.entry(416, "The part asked for is not in the file."),
          Map.entry(417, "What the request expects cannot be met."),
          Map.entry(421, "This server does not answer to that name."),
          Map.entry(429, "There were too many requests. Please try again later."),
          Map.entry(431, "The fields of the request are too long."),
          Map.entry(500, "Something went wrong on the server."),
          Map.entry(501, "The server does not know this method."),
          Map.entry(503, "The server is busy. Please try again in a moment."),
          Map.entry(505, "The server does not speak this version of HTTP."),
          Map.entry(507, "There is no space left for this."));

  private ErrorPage() {}

  static String meaning(int status) {
    String fallback = status < 500 ? "The request cannot be met." : "The server cannot do this.";
    return MEANINGS.getOrDefault(status, fallback);
  }

  static void write(Appendable out, int status, String reason) throws IOException {
    Html html = new Html(out);
    Frame.begin(html, reason);
    html.add(
        """
        <main class="card page">
        <h1><span class="code-number">{}</span>{}</h1>
        <p>{}</p>
        <div class="choices"><a class="button" href="/">All files</a></div>
        </main>
        """,
        status,
        reason,
        meaning(status));
    Frame.end(html);
  }
}
