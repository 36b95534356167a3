/// The control connection: each line, the table of verbs, and what they do.
package io.github.jsendfile.ftp.control;
