/// What every server is told, whatever its protocol.
package io.github.jsendfile.server;
