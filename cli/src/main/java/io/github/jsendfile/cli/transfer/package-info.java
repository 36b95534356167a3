/// The commands `send` and `receive`.
package io.github.jsendfile.cli.transfer;
