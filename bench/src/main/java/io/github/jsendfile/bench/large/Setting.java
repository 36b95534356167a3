package io.github.jsendfile.bench.large;

import io.github.jsendfile.bench.Placement;
import java.nio.file.Path;

/// What is the same for all contenders.
///
/// @param file what is sent, in the page cache
/// @param port where the peer listens, on this machine
/// @param placement where sender and peer run
/// @param scratch a folder for what a contender has to make first
public record Setting(Path file, int port, Placement placement, Path scratch) {}
