/// Hidden: directories held open, and the walk from the root to an entry that no link leads out of.
package io.github.jsendfile.server.folder;
