package dev.tacet.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service under load while its database user is replaced: real OpenBao, real PostgreSQL, the real sidecar. */
class OrdersDatabaseTest {
    private static final int THREADS = 8;
    private static final Duration LOAD = Duration.ofSeconds(50);

    @TempDir
    private Path directory;

    @Test
    void noQueryFailsWhileTheUserIsReplaced() throws Exception {
        try (Postgres postgres = Postgres.start();
                OpenBao bao = OpenBao.inMemory(directory)) {
            // Replaced about every fourteen seconds; what is left then is for a pool that starts slowly.
            postgres.dynamicRole(bao, "20s", "20s");
            bao.writeKv("secret", "backend", Map.of("user", "orders", "password", "a password of the backend"));
            Path token = Files.writeString(directory.resolve("token"), bao.rootToken());
            Sidecar sidecar = Sidecar.run(directory, "db/password", """
                    volume: {path: %1$s/volume, allow-disk: true}
                    vault: {address: %2$s, auth: {token-file: %3$s}}
                    secrets:
                      backend: {path: backend, keys: {user: {sensitive: never}, password: {}}}
                      db: {engine: dynamic, path: database/creds/app, grace: 1m}
                    """.formatted(directory, bao.address(), token));
            try (ConfigurableApplicationContext context = SpringApplication.run(
                    OrdersApplication.class,
                    "--tacet.volume=" + sidecar.volume(),
                    "--orders.database.url=jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
                    "--spring.main.banner-mode=off")) {
                load(context.getBean(JdbcTemplate.class));
            }
            sidecar.stop();
        }
    }

    private static void load(JdbcTemplate database) throws InterruptedException {
        Set<String> users = ConcurrentHashMap.newKeySet();
        AtomicLong queries = new AtomicLong();
        List<String> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                while (!over.get()) {
                    try {
                        users.add(String.valueOf(
                                database.queryForObject("select current_user || pg_sleep(0.01)", String.class)));
                        queries.incrementAndGet();
                    } catch (DataAccessException failed) {
                        failures.add(failed.getClass().getSimpleName());
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        Thread.sleep(LOAD.toMillis());
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "OrdersDatabaseTest: %d queries by %d users, %d failed%n",
                queries.get(), users.size(), failures.size());
        assertThat(failures).isEmpty();
        assertThat(users).as("users in %s", LOAD).hasSizeGreaterThan(2);
        assertThat(queries.get()).isGreaterThan(1_000);
    }
}
