package dev.tacet.sidecar;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import dev.tacet.sidecar.source.CredentialListener;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All that must not stand in the sidecar's own log: its credentials and every value it has read. Credentials are
 * needles here only, never in the volume. The oldest are forgotten beyond a bound that no set of live values reaches.
 *
 * <p>For many threads: the redactor is one immutable snapshot.
 */
public final class OwnSecrets implements CredentialListener, Supplier<Redactor> {
    private static final int MOST = 20_000;

    private final Set<Needle> known = new LinkedHashSet<>();
    private volatile Redactor redactor = Redactor.none();

    @Override
    public void obtained(String name, SecretValue value) {
        learn(List.of(new Needle(name, "", value, Sensitivity.AUTO)));
    }

    /** Adds values; those that are known already cost nothing. */
    synchronized void learn(Collection<Needle> needles) {
        boolean news = false;
        for (Needle needle : needles) {
            news |= known.add(needle);
        }
        for (Iterator<Needle> oldest = known.iterator(); known.size() > MOST; ) {
            oldest.next();
            oldest.remove();
        }
        if (news) {
            redactor = Redactor.builder().needles(known).build();
        }
    }

    @Override
    public Redactor get() {
        return redactor;
    }
}
