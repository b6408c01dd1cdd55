/**
 * What a restart has to know so that it needs no new login and no new lease; {@link
 * dev.tacet.sidecar.state.StateStore} is the way in.
 */
@NullMarked
package dev.tacet.sidecar.state;

import org.jspecify.annotations.NullMarked;
