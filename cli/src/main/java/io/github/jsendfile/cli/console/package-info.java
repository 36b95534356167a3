/// What every command shares: the terminal, its last line, its exit code.
package io.github.jsendfile.cli.console;
