/// The command `doctor`.
package io.github.jsendfile.cli.doctor;
