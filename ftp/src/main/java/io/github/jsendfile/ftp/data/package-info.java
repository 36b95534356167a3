/// Data connections, and what goes over them.
package io.github.jsendfile.ftp.data;
