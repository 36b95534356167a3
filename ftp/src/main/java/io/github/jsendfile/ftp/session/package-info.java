/// One client's session: who it is, where it is, what it has set, its running transfer, and who is
/// told.
package io.github.jsendfile.ftp.session;
