/// How the cost of an HTTP server grows with cores, connections, files and entries of a folder.
@NullMarked
package io.github.jsendfile.bench.http.scaling;

import org.jspecify.annotations.NullMarked;
