/// For the servers alone: accepting connections within bounds, their deadlines, their end.
package io.github.jsendfile.server.listener;
