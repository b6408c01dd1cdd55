package dev.tacet.sidecar.render;

/**
 * Why a file could not be made of secrets each of which is fit, in words that may be shown: names, never a value.
 *
 * @param path the file's
 * @param message what is wrong, lower case, no full stop
 * @param hint what would be right
 * @param kept whether its last good bytes are among the rendered files; otherwise the file is left out
 */
public record FileProblem(String path, String message, String hint, boolean kept) {}
