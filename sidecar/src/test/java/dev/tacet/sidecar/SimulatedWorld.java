package dev.tacet.sidecar;

import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.volume.VolumeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;

/** Time, chance and faults of one simulation; all of it follows from the seed. */
final class SimulatedWorld {
    static final Instant START = Instant.parse("2026-11-26T00:00:00Z");
    private static final int HOT = 80;
    private static final Duration HOT_WINDOW = Duration.ofSeconds(10);

    final SplittableRandom random;
    private final Deque<Instant> requests = new ArrayDeque<>();
    private Instant now = START;
    private Instant vaultAwayUntil = START;
    private Instant volumeFullUntil = START;
    private Instant lastFault = START;
    private Failure.Kind awayAs = Failure.Kind.OUTAGE;
    private boolean calm;
    private int kills;

    SimulatedWorld(long seed) {
        this.random = new SplittableRandom(seed);
    }

    final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    Instant now() {
        return now;
    }

    void advanceTo(Instant then) {
        if (then.isAfter(now)) {
            now = then;
        }
    }

    /** Lets that time pass, with a turn of the core whenever it asks for one. */
    void run(Sidecar core, Duration time) {
        Instant end = now.plus(time);
        Instant due = now;
        while (!due.isAfter(end)) {
            advanceTo(due);
            due = core.turn();
        }
        advanceTo(end);
    }

    /** No more faults: for the end of a simulation. */
    void calmDown() {
        calm = true;
        vaultAwayUntil = now;
        volumeFullUntil = now;
    }

    int kills() {
        return kills;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    Duration upTo(Duration most) {
        return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    /** How long nothing has gone wrong. */
    Duration quiet() {
        return Duration.between(lastFault, now);
    }

    /** Between two steps: perhaps the process ends here. */
    void mayBeKilled() {
        if (!calm && chance(0.004)) {
            kills++;
            lastFault = now;
            throw new Killed();
        }
    }

    /** Begins an outage, a seal, a rate limit or a full volume now and then. */
    void mayChange() {
        if (calm) {
            return;
        }
        if (chance(0.02)) {
            awayAs = switch (random.nextInt(3)) {
                case 0 -> Failure.Kind.OUTAGE;
                case 1 -> Failure.Kind.SEALED;
                default -> Failure.Kind.RATE_LIMITED;
            };
            vaultAwayUntil = now.plus(upTo(chance(0.1) ? Duration.ofHours(1) : Duration.ofMinutes(3)));
        }
        if (chance(0.01)) {
            volumeFullUntil = now.plus(upTo(Duration.ofMinutes(2)));
        }
    }

    /** A request reaches the vault, or not. */
    Optional<Failure> request() {
        mayBeKilled();
        requests.addLast(now);
        while (requests.getFirst().isBefore(now.minus(HOT_WINDOW))) {
            requests.removeFirst();
        }
        if (requests.size() > HOT) {
            throw new AssertionError("a hot loop: " + requests.size() + " requests in 10 s");
        }
        if (!calm && chance(0.02)) {
            advanceTo(now.plus(upTo(Duration.ofSeconds(10)))); // a slow answer
        }
        if (now.isBefore(vaultAwayUntil)) {
            lastFault = now;
            return Optional.of(
                    awayAs == Failure.Kind.RATE_LIMITED
                            ? new Failure(awayAs, "slow down", "wait", Optional.of(Duration.ofSeconds(5)))
                            : new Failure(awayAs, "away", "wait"));
        }
        return Optional.empty();
    }

    /** Whether an answer is lost on its way, after the effect. */
    boolean losesAnswer() {
        boolean lost = !calm && chance(0.01);
        if (lost) {
            lastFault = now;
        }
        return lost;
    }

    void mayBeFull() {
        // Something may still find room where another does not.
        if (now.isBefore(volumeFullUntil) && chance(0.5)) {
            lastFault = now;
            throw new VolumeException("no room", "make some");
        }
    }
}
