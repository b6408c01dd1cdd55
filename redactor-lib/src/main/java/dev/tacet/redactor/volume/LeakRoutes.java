package dev.tacet.redactor.volume;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Leak;
import dev.tacet.redactor.LeakListener;
import dev.tacet.redactor.Redactor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Who hears of a leak: the application's listener, and the sidecar of each volume that holds the secret. What a rule found
 * belongs to no volume; the first volume's sidecar hears of it, so that it is counted once.
 */
final class LeakRoutes implements LeakListener {
    private final Supplier<Redactor> redactor;
    private final LeakListener listener;
    private final List<Route> routes = new CopyOnWriteArrayList<>();

    private record Route(Volume volume, SidecarLink link) {}

    LeakRoutes(Supplier<Redactor> redactor, LeakListener listener) {
        this.redactor = redactor;
        this.listener = listener;
    }

    void add(Volume volume, SidecarLink link) {
        routes.add(new Route(volume, link));
    }

    @Override
    public void leaked(Leak raw) {
        Leak leak = masked(raw);
        // First the sidecars, whose turn takes no time: a listener may throw.
        routes.stream()
                .filter(route -> leak.finding().kind() == Finding.Kind.RULE
                        ? route.equals(routes.get(0))
                        : route.volume().holds(leak.finding()))
                .forEach(route -> route.link().say(PeerMessage.leak(leak)));
        listener.leaked(leak);
    }

    /** Even a logger's name may hold a value. */
    private Leak masked(Leak leak) {
        Redactor now = redactor.get();
        return new Leak(leak.finding(), now.redact(leak.sink()), now.redact(leak.logger()), leak.level(), leak.count());
    }
}
