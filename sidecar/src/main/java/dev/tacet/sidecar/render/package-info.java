/** Values to files: tree and properties, rendered and checked in memory; {@link dev.tacet.sidecar.render.Renderer} is the way in. */
@NullMarked
package dev.tacet.sidecar.render;

import org.jspecify.annotations.NullMarked;
