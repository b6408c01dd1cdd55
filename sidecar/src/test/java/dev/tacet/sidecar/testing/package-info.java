/** What tests share: real servers and programs, found or installed, and ended by their process. */
@NullMarked
package dev.tacet.sidecar.testing;

import org.jspecify.annotations.NullMarked;
