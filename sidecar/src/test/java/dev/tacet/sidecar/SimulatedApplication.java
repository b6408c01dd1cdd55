package dev.tacet.sidecar;

import dev.tacet.sidecar.volume.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An application of a simulation: it uses the credentials of a generation until it has seen the next one, of which it is
 * told when it is connected, and for which it looks every half minute in any case. It is the announcer's other end, too.
 */
final class SimulatedApplication implements Announcer {
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(30);

    private final SimulatedWorld world;
    private final SimulatedVolume volume;
    private final Set<String> heard = new HashSet<>();
    private final Map<String, String> using = new HashMap<>();
    private Optional<String> generation = Optional.empty();
    private Instant switchAt = Instant.MAX;
    private Instant lookAt = SimulatedWorld.START;
    private boolean connected;

    SimulatedApplication(SimulatedWorld world, SimulatedVolume volume) {
        this.world = world;
        this.volume = volume;
    }

    /** The sidecar has started again: the application may or may not come back to its socket. */
    void reconnects() {
        heard.clear();
        connected = world.chance(0.7);
    }

    /** Does what was due up to now. */
    void advance() {
        Instant now = world.now();
        boolean look = !lookAt.isAfter(now);
        if (look) {
            lookAt = now.plus(LOOKS_EVERY);
        }
        if ((look || !switchAt.isAfter(now)) && !volume.generation().equals(generation)) {
            generation = volume.generation();
            for (String secret : new String[] {"db", "mq"}) {
                volume.read(secret + "/username").ifPresent(user -> using.put(secret, user));
            }
        }
        if (!switchAt.isAfter(now)) {
            switchAt = Instant.MAX;
        }
    }

    Instant next() {
        return switchAt.isBefore(lookAt) ? switchAt : lookAt;
    }

    boolean uses(String lease) {
        return using.containsValue(lease);
    }

    Map<String, String> using() {
        return using;
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void announce(String announced) {
        world.mayBeKilled();
        world.advanceTo(world.now().plus(world.upTo(Duration.ofMillis(200))));
    }

    @Override
    public void published(Manifest manifest) {
        world.mayBeKilled();
        if (connected) {
            heard.add(manifest.generation());
            switchAt = world.now().plus(world.upTo(Duration.ofSeconds(20)));
        }
    }

    @Override
    public boolean isSettled(String published) {
        advance();
        // Generations are counted: who uses a later one has left this one behind.
        return connected
                && heard.contains(published)
                && generation.filter(it -> it.compareTo(published) >= 0).isPresent();
    }
}
