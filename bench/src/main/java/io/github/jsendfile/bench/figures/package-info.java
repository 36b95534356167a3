/// Medians, intervals, tables and charts.
@NullMarked
package io.github.jsendfile.bench.figures;

import org.jspecify.annotations.NullMarked;
