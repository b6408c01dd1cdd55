package dev.tacet.sidecar.render;

import dev.tacet.sidecar.source.SecretData;
import java.util.Map;
import java.util.Optional;

/** One entry of {@code files}. Safe for many threads. */
sealed interface Output permits EntriesOutput, TemplateOutput, PemOutput, KeystoreOutput {

    /** The first thing for which a secret is unfit for it; a secret that it does not draw from never is. */
    Optional<Problem> check(String secret, SecretData data);

    /**
     * Its files.
     *
     * @param secrets all that are there, each of them checked
     */
    Rendered render(Map<String, SecretData> secrets, Previous previous);
}
