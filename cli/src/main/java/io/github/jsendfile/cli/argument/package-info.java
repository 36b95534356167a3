/// What users type: addresses, sizes, rates, times.
package io.github.jsendfile.cli.argument;
