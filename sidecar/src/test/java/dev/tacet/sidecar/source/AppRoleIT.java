package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.failed;
import static dev.tacet.sidecar.source.Fetches.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.testing.OpenBao;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppRoleIT {
    private static final Origin.Kv2 DB = new Origin.Kv2("secret", "app/db");
    private static final String MOUNT = "machines/approle";

    private static OpenBao bao;
    private static String roleId;

    @TempDir
    Path directory;

    private Path secretIdFile;
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final List<SecretValue> tokens = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    @BeforeAll
    static void startVault(@TempDir Path home) {
        bao = OpenBao.inMemory(home);
        bao.writeKv("secret", "app/db", Map.of("password", "whatever"));
        bao.allowReading("app", "secret/data/app/db");
        roleId = bao.appRole(MOUNT, "app", "app");
    }

    @AfterAll
    static void endVault() {
        bao.close();
    }

    @BeforeEach
    void writeSecretId() throws Exception {
        secretIdFile = Files.writeString(directory.resolve("secret-id"), bao.secretId(MOUNT, "app") + "\n");
    }

    private VaultSource source(String mount) {
        VaultSettings settings = new VaultSettings(
                bao.address(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                new VaultSettings.AppRole(mount, roleId, secretIdFile));
        return new VaultSource(
                settings,
                (name, value) -> {
                    heard.add(name);
                    if (name.equals("vault token")) {
                        tokens.add(value);
                    }
                },
                new HandSetClock(),
                new Random(1));
    }

    private String token(int login) {
        return new String(tokens.get(login).reveal(), StandardCharsets.UTF_8);
    }

    @Test
    void logsInOnceForManyReads() {
        try (VaultSource source = source(MOUNT)) {
            found(source.fetch(DB));
            found(source.fetch(DB));
        }
        assertThat(heard).containsExactly("vault secret id", "vault token");
    }

    @Test
    void logsInAgainWhenItsTokenWasRevoked_row32() {
        try (VaultSource source = source(MOUNT)) {
            found(source.fetch(DB));
            bao.revoke(token(0));
            found(source.fetch(DB));
        }
        assertThat(tokens).hasSize(2);
    }

    @Test
    void makesNoTokenAfterTokenWhenThePolicyIsTooNarrow() {
        Origin.Kv2 other = new Origin.Kv2("secret", "not-allowed");
        try (VaultSource source = source(MOUNT)) {
            for (int poll = 0; poll < 5; poll++) {
                Failure denied = failed(source.fetch(other));
                assertThat(denied.kind()).isEqualTo(Kind.DENIED);
            }
            assertThat(tokens).hasSize(1);
            // a new policy of the role reaches new tokens only, so an old token is a cause to ask for one
            now = now.plus(Duration.ofMinutes(11));
            failed(source.fetch(other));
            failed(source.fetch(other));
            assertThat(tokens).hasSize(2);
        }
    }

    @Test
    void readsTheSecretIdAtEachLogin() throws Exception {
        String wrong = "8c1a0d52-0000-0000-0000-000000000000";
        Files.writeString(secretIdFile, wrong);
        try (VaultSource source = source(MOUNT)) {
            Failure refused = failed(source.fetch(DB));
            assertThat(refused.kind()).isEqualTo(Kind.DENIED);
            assertThat(refused.message())
                    .isEqualTo(
                            "the vault refuses the login at auth/" + MOUNT + " with the secret id in " + secretIdFile);
            assertThat(refused.toString()).doesNotContain(wrong);

            Files.writeString(secretIdFile, bao.secretId(MOUNT, "app"));
            found(source.fetch(DB));
        }
    }

    @Test
    void tellsOfAMountThatIsNotThere() {
        Failure failure = failed(source("none").fetch(DB));
        assertThat(failure.kind()).isEqualTo(Kind.DENIED); // the vault itself does not say more
        assertThat(failure.hint()).contains("mount");
    }

    private final class HandSetClock extends Clock {
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
    }
}
