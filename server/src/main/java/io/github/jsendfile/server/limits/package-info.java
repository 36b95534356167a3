/// How fast, and how many.
package io.github.jsendfile.server.limits;
