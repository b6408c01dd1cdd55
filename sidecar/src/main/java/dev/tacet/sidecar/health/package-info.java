/** How the sidecar is, for probes, metrics and people; {@link dev.tacet.sidecar.health.Status} is what it says. Names only. */
@NullMarked
package dev.tacet.sidecar.health;

import org.jspecify.annotations.NullMarked;
