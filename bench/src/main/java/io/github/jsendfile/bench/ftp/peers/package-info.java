/// Other FTP servers of the JVM: a small main class each, which takes the folder and the port.
@NullMarked
package io.github.jsendfile.bench.ftp.peers;

import org.jspecify.annotations.NullMarked;
