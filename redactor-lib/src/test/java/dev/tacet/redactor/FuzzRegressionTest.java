package dev.tacet.redactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.logback.EventFuzz;
import dev.tacet.redactor.match.MatcherFuzz;
import dev.tacet.redactor.rules.TomlFuzz;
import dev.tacet.redactor.volume.NeedlesFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the fuzz targets on the inputs that are kept for them: what broke one once, and what the fuzzer begins with. {@code redactor-lib/fuzz} looks
 * for more.
 */
final class FuzzRegressionTest {
    /** One input; the name is that of its file. */
    record Input(String name, Target target, Path file) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Target {
        void run(byte[] input) throws IOException;
    }

    static Stream<Input> inputs() throws IOException, URISyntaxException {
        return Stream.of(
                        of("MatcherFuzz", MatcherFuzz::fuzzerTestOneInput),
                        of("TomlFuzz", TomlFuzz::fuzzerTestOneInput),
                        of("NeedlesFuzz", NeedlesFuzz::fuzzerTestOneInput),
                        of("EventFuzz", EventFuzz::fuzzerTestOneInput))
                .flatMap(List::stream);
    }

    private static List<Input> of(String name, Target target) throws IOException, URISyntaxException {
        URL directory = FuzzRegressionTest.class.getResource("/fuzz/" + name);
        assertThat(directory).as(name).isNotNull();
        try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
            List<Input> all = files.sorted()
                    .map(file -> new Input(name + "/" + file.getFileName(), target, file))
                    .toList();
            assertThat(all).as(name).isNotEmpty();
            return all;
        }
    }

    /** And each of its beginnings, of which most are broken. */
    @ParameterizedTest
    @MethodSource("inputs")
    void breaksNoTarget(Input input) throws IOException {
        byte[] bytes = Files.readAllBytes(input.file());
        input.target().run(bytes);
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 200) {
            input.target().run(Arrays.copyOf(bytes, length));
        }
    }
}
