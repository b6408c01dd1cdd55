/** The command line: {@code main}, one class per command, wiring by hand. */
@NullMarked
package dev.tacet.sidecar.cli;

import org.jspecify.annotations.NullMarked;
