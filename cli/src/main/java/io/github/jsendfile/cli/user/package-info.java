/// The command `user`.
package io.github.jsendfile.cli.user;
