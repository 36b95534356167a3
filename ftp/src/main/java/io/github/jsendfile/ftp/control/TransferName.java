package io.github.jsendfile.ftp.control;

import io.github.jsendfile.server.path.TreePath;

/// What a transfer is called in logs and events.
record TransferName(Verb verb, TreePath path) {}
