/// Small files, the price of a call, the price of a wait: JMH.
@NullMarked
package io.github.jsendfile.bench.small;

import org.jspecify.annotations.NullMarked;
