/// What thousands of stalled peers cost, and whether they are in anybody's way.
@NullMarked
package io.github.jsendfile.bench.crowd;

import org.jspecify.annotations.NullMarked;
