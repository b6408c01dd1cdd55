/** Reads and watches a secret volume: ours, Kubernetes', Docker's, Vault Agent's. */
@NullMarked
package dev.tacet.redactor.volume;

import org.jspecify.annotations.NullMarked;
