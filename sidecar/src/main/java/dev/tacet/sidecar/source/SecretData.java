package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of one secret, whole. Equal when version and every value are.
 *
 * @param version as its source counts; opaque, short, fit to be shown
 * @param values by key, in order; keys are as the source has them, so not yet fit to be file names
 */
public record SecretData(String version, SortedMap<String, SecretValue> values) {
    public SecretData {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
