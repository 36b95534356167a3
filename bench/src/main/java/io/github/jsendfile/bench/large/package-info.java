/// CPU per gigabyte of whole sender processes, interleaved.
@NullMarked
package io.github.jsendfile.bench.large;

import org.jspecify.annotations.NullMarked;
