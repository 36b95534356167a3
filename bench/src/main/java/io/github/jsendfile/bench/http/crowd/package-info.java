/// Thousands of clients of a file server that ask for nothing, or read nothing.
@NullMarked
package io.github.jsendfile.bench.http.crowd;

import org.jspecify.annotations.NullMarked;
