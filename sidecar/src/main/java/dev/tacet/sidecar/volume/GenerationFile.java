package dev.tacet.sidecar.volume;

import dev.tacet.redactor.SecretValue;

/**
 * One file of a generation, rendered.
 *
 * @param content its bytes
 * @param mode its permission bits, such as 0440
 */
public record GenerationFile(SecretValue content, int mode) {}
