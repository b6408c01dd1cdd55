package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.Simulation.Mutant;
import dev.tacet.sidecar.render.RenderedFile;
import dev.tacet.sidecar.state.StateStore;
import dev.tacet.sidecar.volume.Manifest;
import dev.tacet.sidecar.volume.Needles;
import dev.tacet.sidecar.volume.VolumeException;
import dev.tacet.sidecar.volume.VolumeSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Many simulations, each from one seed: {@code tacet.simulations} says how many, {@code tacet.simulation.seed} repeats
 * one.
 */
final class SimulationTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger("dev.tacet.sidecar");
    private static Level before;

    @BeforeAll
    static void beQuiet() {
        before = ROOT.getLevel();
        ROOT.setLevel(Level.OFF);
    }

    @AfterAll
    static void beLoudAgain() {
        ROOT.setLevel(before);
    }

    @Test
    void holdsItsPromisesWhateverFails() {
        Long repeated = Long.getLong("tacet.simulation.seed");
        if (repeated != null) {
            Simulation simulation = new Simulation(repeated, Mutant.NONE);
            simulation.run();
            System.out.println("seed " + repeated + ": " + simulation.summary());
            return;
        }
        int simulations =
                Integer.getInteger("tacet.simulations", Boolean.getBoolean("tacet.nightly") ? 100_000 : 1_000);
        for (long seed = 0; seed < simulations; seed++) {
            run(seed);
        }
        System.out.println("SimulationTest: " + simulations + " seeds hold");
    }

    @Test
    void noticesEachStepThatIsBrokenOnPurpose() {
        mutants().forEach((broken, mutant) -> {
            String noticed = "";
            for (long seed = 0; seed < 60 && noticed.isEmpty(); seed++) {
                try {
                    new Simulation(seed, mutant).run();
                } catch (AssertionError notices) {
                    noticed = "seed " + seed + ": " + notices.getMessage();
                }
            }
            System.out.println("SimulationTest: " + broken + " -> " + noticed);
            assertThat(noticed).as(broken).isNotEmpty();
        });
    }

    private static Map<String, Mutant> mutants() {
        Map<String, Mutant> mutants = new LinkedHashMap<>();
        mutants.put("3: values are not announced", Mutant.ofVolume(volume -> new BrokenVolume(volume) {
            @Override
            public void writeNeedles(Needles needles) {
                // nobody is told
            }
        }));
        mutants.put(
                "3: what is in force is forgotten when the next is announced",
                Mutant.ofVolume(volume -> new BrokenVolume(volume) {
                    @Override
                    public void writeNeedles(Needles needles) {
                        super.writeNeedles(new Needles(needles.entries().stream()
                                .filter(entry -> entry.until().isEmpty())
                                .toList()));
                    }
                }));
        mutants.put(
                "4: a write that failed is taken for one that did not",
                Mutant.ofVolume(volume -> new BrokenVolume(volume) {
                    @Override
                    public void write(Manifest manifest, SortedMap<String, RenderedFile> files) {
                        try {
                            super.write(manifest, files);
                        } catch (VolumeException swallowed) {
                            super.needles();
                        }
                    }
                }));
        mutants.put(
                "5: the link moves before the directory is written",
                Mutant.ofVolume(volume -> new BrokenVolume(volume) {
                    @Override
                    public void write(Manifest manifest, SortedMap<String, RenderedFile> files) {
                        super.commit(manifest.generation());
                        super.write(manifest, files);
                    }
                }));
        mutants.put("8: the old lease is revoked before its time", Mutant.ofAnnouncer(announcer -> new Announcer() {
            @Override
            public void announce(String generation) {
                announcer.announce(generation);
            }

            @Override
            public void published(Manifest manifest) {
                announcer.published(manifest);
            }

            @Override
            public boolean isSettled(String generation) {
                return true;
            }
        }));
        mutants.put("8: an old value is never forgotten", Mutant.ofVolume(volume -> new BrokenVolume(volume) {
            @Override
            public void writeNeedles(Needles needles) {
                Set<Needle> all =
                        needles.entries().stream().map(Needles.Entry::needle).collect(Collectors.toSet());
                super.writeNeedles(super.needles().with(all, Instant.MIN, Duration.ofDays(365)));
            }
        }));
        mutants.put("the state is not written", Mutant.ofStore(store -> StateStore.none()));
        return mutants;
    }

    /** Passes everything on; a mutant changes one step. */
    private abstract static class BrokenVolume implements VolumeSteps {
        private final VolumeSteps volume;

        BrokenVolume(VolumeSteps volume) {
            this.volume = volume;
        }

        @Override
        public Optional<Manifest> published() {
            return volume.published();
        }

        @Override
        public SortedMap<String, SecretValue> publishedValues(String secret) {
            return volume.publishedValues(secret);
        }

        @Override
        public Optional<SecretValue> publishedFile(String path) {
            return volume.publishedFile(path);
        }

        @Override
        public String nextGeneration(Instant now) {
            return volume.nextGeneration(now);
        }

        @Override
        public Needles needles() {
            return volume.needles();
        }

        @Override
        public void writeNeedles(Needles needles) {
            volume.writeNeedles(needles);
        }

        @Override
        public void write(Manifest manifest, SortedMap<String, RenderedFile> files) {
            volume.write(manifest, files);
        }

        @Override
        public void commit(String generation) {
            volume.commit(generation);
        }

        @Override
        public List<String> link(Set<String> files) {
            return volume.link(files);
        }

        @Override
        public Optional<Instant> sweep(int keep, Duration keepFor, Instant now) {
            return volume.sweep(keep, keepFor, now);
        }
    }

    private static void run(long seed) {
        Simulation simulation = new Simulation(seed, Mutant.NONE);
        try {
            simulation.run();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "-Dtacet.simulation.seed=" + seed + " (" + simulation.summary() + "): " + broken.getMessage(),
                    broken);
        }
        assertThat(simulation.summary()).isNotEmpty();
    }
}
