package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.Postgres;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real {@code tacet run} that keeps a database user alive: real OpenBao, real PostgreSQL, real tmpfs. */
final class LeaseIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final MemoryDirectory memory = new MemoryDirectory();

    @TempDir
    private Path directory;

    private OpenBao bao;
    private Postgres postgres;
    private Path volume;
    private Path state;
    private String secretId = "";
    private String roleId = "";

    @BeforeEach
    void start() throws IOException {
        postgres = Postgres.start();
        bao = OpenBao.inMemory(directory);
        bao.call(
                "POST",
                "sys/policies/acl/app",
                java.util.Map.of("policy", "path \"database/creds/app\" { capabilities = [\"read\"] }"));
        roleId = bao.appRole("approle", "app", "app");
        secretId = bao.secretId("approle", "app");
        Path shared = memory.create();
        volume = shared.resolve("volume");
        state = shared.resolve("state");
    }

    @AfterEach
    void stop() throws IOException {
        bao.close();
        postgres.close();
        memory.delete();
    }

    private Path config(String onTerm, String grace) throws IOException {
        Path secretIdFile = Files.writeString(directory.resolve("secret-id"), secretId);
        return Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: %s, keep-for: 1s}
                state: {path: %s}
                vault:
                  address: %s
                  auth: {approle: {role-id: %s, secret-id-file: %s}}
                secrets:
                  db: {engine: dynamic, path: database/creds/app, grace: %s}
                on-term: %s
                """.formatted(
                        volume, state, bao.address(), roleId, secretIdFile, grace, onTerm));
    }

    /** What a reader finds: it resolves the link once, so both are of one generation. */
    private record Login(String user, String password) {}

    private Login login() throws IOException {
        Path generation = volume.resolve("..data").toRealPath();
        return new Login(
                Files.readString(generation.resolve("db/username")),
                Files.readString(generation.resolve("db/password")));
    }

    private void awaitFirst() {
        Wait.until("the first generation", SOON, () -> Files.exists(volume.resolve("db/password")));
    }

    private int users() {
        return Integer.parseInt(postgres.sql("select count(*) from pg_roles where rolname like 'v-%'"));
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void alwaysHoldsAUserThatWorksAndEndsTheOldOnesAfterTheGrace_row30() throws Exception {
        postgres.dynamicRole(bao, "6s", "12s");
        try (SidecarProcess sidecar = SidecarProcess.run(config("end", "2s"))) {
            awaitFirst();
            Set<String> seen = new HashSet<>();
            long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
            int most = 0;
            while (System.nanoTime() < end) {
                Login login = login();
                assertThat(postgres.accepts(login.user, login.password))
                        .as("the login of the generation in force works")
                        .isTrue();
                seen.add(login.user);
                most = Math.max(most, users());
            }
            assertThat(seen).as("users over 40 s, each of 12 s at most").hasSizeBetween(4, 12);
            assertThat(most)
                    .as("users at a time: the new one and the one in its grace")
                    .isLessThanOrEqualTo(3);
            assertThat(count(sidecar.log(), "\"audit\":\"login\"")).as("logins").isEqualTo(1);
            assertThat(sidecar.log())
                    .as("for an operator")
                    .containsPattern("\"audit\":\"login\",\"accessor\":\"[^\"]+\"");
            assertThat(count(sidecar.log(), "\"audit\":\"read\"")).as("reads").isEqualTo(seen.size());
            assertThat(count(sidecar.log(), "\"audit\":\"renew\""))
                    .as("renewals")
                    .isPositive();
            assertThat(count(sidecar.log(), "\"audit\":\"revoke\"")).as("ended").isGreaterThan(seen.size() / 2);
            assertThat(sidecar.terminate()).isZero();
            // A vault takes the end of a token, and ends its leases in the background.
            Wait.until("no user is left after the end", Duration.ofSeconds(30), () -> users() == 0);
            assertThat(volume.resolve("db")).doesNotExist();
            assertThat(state.resolve("state.json")).doesNotExist();
        }
    }

    @Test
    void goesOnAfterAKillWithoutALoginOrALease_row44() throws Exception {
        postgres.dynamicRole(bao, "1h", "24h");
        Path config = config("keep", "2s");
        try (SidecarProcess first = SidecarProcess.run(config)) {
            awaitFirst();
            Wait.until("the state is written", SOON, () -> first.log().contains("published generation"));
            first.kill();
        }
        Login before = login();
        Object swapped = Files.getLastModifiedTime(volume.resolve("..data"), java.nio.file.LinkOption.NOFOLLOW_LINKS);
        assertThat(Files.getPosixFilePermissions(state.resolve("state.json")))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        try (SidecarProcess second = SidecarProcess.run(config)) {
            Wait.until("it is up again", SOON, () -> second.log().contains("the published generation is up to date"));
            assertThat(second.terminate()).isZero();
            assertThat(count(second.log(), "\"audit\":\"login\""))
                    .as("logins in two lives")
                    .isEqualTo(1);
            assertThat(count(second.log(), "\"audit\":\"read\""))
                    .as("leases in two lives")
                    .isEqualTo(1);
        }
        assertThat(login()).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(volume.resolve("..data"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .as("no swap")
                .isEqualTo(swapped);
        assertThat(users()).isEqualTo(1);
    }
}
