/// The files below one directory, by the paths that clients know, and what is done with them.
package io.github.jsendfile.server.files;
