package dev.tacet.sidecar.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeedlesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Needle OLD = new Needle("db/password", "1", SecretValue.ofUtf8("old value"), Sensitivity.AUTO);
    private static final Needle NEW = new Needle("db/password", "2", SecretValue.ofUtf8("new value"), Sensitivity.AUTO);

    @Test
    void retainsAnOldValueForItsTime() {
        Needles needles = rotated();
        assertThat(needles.entries()).extracting(Needles.Entry::needle).containsExactly(NEW, OLD);
        assertThat(needles.nextExpiry(NOW)).contains(NOW.plusSeconds(60).plus(HOUR));
        Instant end = NOW.plusSeconds(60).plus(HOUR);
        assertThat(needles.expired(end.minusMillis(1), needle -> false)).isEqualTo(needles);
        assertThat(needles.expired(end, needle -> false).entries())
                .extracting(Needles.Entry::needle)
                .containsExactly(NEW);
    }

    @Test
    void doesNotStartTheTimeAnewWithEachPublish() {
        Needles later = rotated().with(Set.of(NEW), NOW.plusSeconds(600), HOUR);
        assertThat(later.nextExpiry(NOW)).contains(NOW.plusSeconds(60).plus(HOUR));
    }

    @Test
    void neverForgetsWhatIsPublished() {
        assertThat(rotated().expired(NOW.plus(Duration.ofDays(2)), OLD::equals).entries())
                .hasSize(2);
    }

    @Test
    void makesAValueThatComesBackCurrentAgain() {
        Needles back = rotated().with(Set.of(OLD), NOW.plusSeconds(120), HOUR);
        assertThat(back.entries())
                .filteredOn(entry -> entry.until().isEmpty())
                .extracting(Needles.Entry::needle)
                .containsExactly(OLD);
        assertThat(back.entries())
                .filteredOn(entry -> entry.needle().equals(OLD))
                .extracting(Needles.Entry::since)
                .containsExactly(NOW);
    }

    @Test
    void readsWhatItWroteAndNothingThatIsCutShort(@TempDir Path directory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        rotated().writeTo(out);
        byte[] whole = out.toByteArray();
        Path file = directory.resolve("needles.json");
        assertThat(Needles.read(Files.write(file, whole))).isEqualTo(rotated());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Needles.read(file))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(VolumeException.class);
        }
    }

    @Test
    void forgetsNothingThatFollowsWhatItDoesNotUnderstand(@TempDir Path directory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        rotated().writeTo(out);
        String whole = out.toString(StandardCharsets.UTF_8);
        String between = whole.replace("},{", "},\"stranger\",{");
        assertThat(between).isNotEqualTo(whole);
        Path file = Files.writeString(directory.resolve("needles.json"), between);
        assertThatThrownBy(() -> Needles.read(file)).isInstanceOf(VolumeException.class);
    }

    private static Needles rotated() {
        return Needles.NONE.with(Set.of(OLD), NOW, HOUR).with(Set.of(NEW), NOW.plusSeconds(60), HOUR);
    }
}
