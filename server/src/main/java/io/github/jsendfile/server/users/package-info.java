/// Who may log in, and what is theirs.
package io.github.jsendfile.server.users;
