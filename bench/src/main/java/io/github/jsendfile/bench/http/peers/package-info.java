/// Other servers of the JVM, set up for files as their manuals say: a small main class each, which
/// takes the folder, the port and a scratch folder.
@NullMarked
package io.github.jsendfile.bench.http.peers;

import org.jspecify.annotations.NullMarked;
