/// What clients call files, and what is known about them.
package io.github.jsendfile.server.path;
