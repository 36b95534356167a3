/// The forms of listings.
package io.github.jsendfile.ftp.listing;
