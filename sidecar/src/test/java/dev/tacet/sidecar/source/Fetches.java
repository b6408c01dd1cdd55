package dev.tacet.sidecar.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What the tests of both sources ask of a fetch. */
final class Fetches {
    private Fetches() {}

    static SecretData found(Fetch fetch) {
        if (fetch instanceof Fetch.Failed failed) {
            throw new AssertionError("failed: " + failed.failure());
        }
        return ((Fetch.Found) fetch).data();
    }

    static Failure failed(Fetch fetch) {
        assertThat(fetch).isInstanceOf(Fetch.Failed.class);
        Failure failure = ((Fetch.Failed) fetch).failure();
        // the rules for every text that a user may see
        assertThat(failure.message()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
        assertThat(Character.isUpperCase(failure.message().charAt(0))).isFalse();
        assertThat(failure.hint()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
        return failure;
    }

    static void assertValue(SecretData data, String key, byte[] expected) {
        assertThat(SecretValue.of(expected).equals(data.values().get(key)))
                .as("the value of %s", key)
                .isTrue();
    }

    /** Everything an exception could put into a log. */
    static String printed(Throwable trouble) {
        StringWriter text = new StringWriter();
        trouble.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
