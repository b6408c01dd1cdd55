package dev.tacet.sidecar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenBaoIT {
    @Test
    void keepsWhatWasWrittenOverAStop(@TempDir Path directory) {
        try (OpenBao bao = OpenBao.onDisk(directory)) {
            assertThat(bao.writeKv("secret", "app/db", Map.of("k", "v"))).isEqualTo(1);
            bao.stop();
            bao.start();
            assertThat(bao.writeKv("secret", "app/db", Map.of("k", "w"))).isEqualTo(2);
        }
    }
}
