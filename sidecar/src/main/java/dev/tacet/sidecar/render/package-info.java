/** Values to files: tree, properties. Everything is rendered and checked in memory before anything is written. */
@NullMarked
package dev.tacet.sidecar.render;

import org.jspecify.annotations.NullMarked;
