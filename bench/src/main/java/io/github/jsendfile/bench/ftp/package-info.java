/// FTP servers side by side: gigabytes, logins, memory.
@NullMarked
package io.github.jsendfile.bench.ftp;

import org.jspecify.annotations.NullMarked;
