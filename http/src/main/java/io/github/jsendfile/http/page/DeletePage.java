package io.github.jsendfile.http.page;

import java.io.IOException;

/// Asks before something is deleted, where no script does.
final class DeletePage {
  private DeletePage() {}

  static void write(Appendable out, String name) throws IOException {
    Html html = new Html(out);
    Frame.begin(html, "Delete " + name + "?");
    html.add(
        """
        <main class="card page">
        <h1>Delete <bdi>{}</bdi>?</h1>
        <p>If it is a folder, everything in it is deleted too. This cannot be undone.</p>
        <form class="choices" method="post" action="?delete={}">
        <a class="button" href="./">Cancel</a>
        <button class="danger">Delete</button></form>
        </main>
        """,
        name,
        Escape.url(name));
    Frame.end(html);
  }
}
