package dev.tacet.sidecar;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import dev.tacet.sidecar.source.RequestListener;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that must not stand in the sidecar's own log: its credentials and the values it has read, the latest few of each
 * name. Credentials are needles here only, never in the volume. The oldest are forgotten beyond a bound that no set of
 * live values reaches.
 *
 * <p>For many threads. The redactor is made when a line is about to be logged: values come far more often than lines.
 */
public final class OwnSecrets implements RequestListener, Supplier<Redactor> {
    private static final int MOST = 20_000;
    /** Of one name: what is published, what was, and one in between. */
    private static final int MOST_OF_A_NAME = 3;

    private final Map<String, Set<Needle>> known = new LinkedHashMap<>();
    private int count;
    // Null when it does not know all that is known.
    private volatile @Nullable Redactor redactor = Redactor.none();

    @Override
    public void obtained(String name, SecretValue value) {
        learn(List.of(new Needle(name, "", value, Sensitivity.AUTO)));
    }

    /** Adds values; those that are known already cost nothing. */
    synchronized void learn(Collection<Needle> needles) {
        for (Needle needle : needles) {
            // Another version of the same value is no news.
            Needle bare = new Needle(needle.name(), "", needle.value(), needle.sensitivity());
            Set<Needle> values = known.computeIfAbsent(bare.name(), name -> new LinkedHashSet<>());
            if (values.add(bare)) {
                count++;
                redactor = null;
                forget(values);
            }
        }
    }

    private void forget(Set<Needle> values) {
        if (values.size() > MOST_OF_A_NAME) {
            values.remove(values.iterator().next());
            count--;
        }
        Iterator<Set<Needle>> oldest = known.values().iterator();
        while (count > MOST) {
            count -= oldest.next().size();
            oldest.remove();
        }
    }

    @Override
    public Redactor get() {
        Redactor made = redactor;
        return made != null ? made : make();
    }

    private synchronized Redactor make() {
        Redactor made = redactor;
        if (made == null) {
            List<Needle> all = known.values().stream().flatMap(Set::stream).toList();
            made = Redactor.builder().needles(all).build();
            redactor = made;
        }
        return made;
    }
}
