/// What was done: the access log and the metrics.
package io.github.jsendfile.server.log;
