/** Values to files: the tree, entries, templates, PEM and PKCS#12, rendered and checked in memory; {@link dev.tacet.sidecar.render.Renderer} is the way in. */
@NullMarked
package dev.tacet.sidecar.render;

import org.jspecify.annotations.NullMarked;
