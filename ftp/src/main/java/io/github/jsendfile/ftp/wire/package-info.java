/// What goes over the control connection: octets in, lines out; replies in, octets out.
package io.github.jsendfile.ftp.wire;
