/// Files over HTTP/1.1: JSendfile and other servers, each in a process of its own, side by side.
@NullMarked
package io.github.jsendfile.bench.http;

import org.jspecify.annotations.NullMarked;
