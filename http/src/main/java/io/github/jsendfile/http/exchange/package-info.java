/// What the parts of the server hand to each other: a request with its body, and the answer that
/// was decided for it. `http.connection` reads the one and sends the other; files, pages, uploads
/// and the program's own handler stand between.
package io.github.jsendfile.http.exchange;
