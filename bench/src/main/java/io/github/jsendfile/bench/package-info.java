/// The benchmarks: what sending a file costs, ours and others side by side. `./bench/run` is the
/// way in; {@link io.github.jsendfile.bench.Bench} says what there is.
@NullMarked
package io.github.jsendfile.bench;

import org.jspecify.annotations.NullMarked;
