package dev.tacet.sidecar.render;

/**
 * Why a secret cannot be rendered, in words that may be shown: names, never a value.
 *
 * @param secret the one secret that is unfit; the others can go on
 * @param message what is wrong, lower case, no full stop
 * @param hint what would be right
 */
public record Problem(String secret, String message, String hint) {}
