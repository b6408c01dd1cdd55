/** The core: what is published, when, and in which order. */
@NullMarked
package dev.tacet.sidecar;

import org.jspecify.annotations.NullMarked;
