/// Who asks: names and passwords over HTTP.
package io.github.jsendfile.http.login;
