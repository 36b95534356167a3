/// Servers under test, whatever they speak: programs that serve a folder, each in a process of its
/// own, and what that process costs.
@NullMarked
package io.github.jsendfile.bench.server;

import org.jspecify.annotations.NullMarked;
