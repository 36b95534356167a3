/// The command `serve`.
package io.github.jsendfile.cli.serve;
