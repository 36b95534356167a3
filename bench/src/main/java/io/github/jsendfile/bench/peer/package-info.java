/// The other end, in a process of its own, so that only the sender is measured.
@NullMarked
package io.github.jsendfile.bench.peer;

import org.jspecify.annotations.NullMarked;
