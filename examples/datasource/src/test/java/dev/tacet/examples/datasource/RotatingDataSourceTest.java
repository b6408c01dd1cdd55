package dev.tacet.examples.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.volume.SecretSnapshot;
import dev.tacet.redactor.volume.SecretVolume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RotatingDataSourceTest {
    private static final String URL = "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1";
    private static final int ROTATIONS = 10;

    @TempDir
    private Path directory;

    private final AtomicLong queries = new AtomicLong();
    private final List<SQLException> failures = new CopyOnWriteArrayList<>();
    private final Set<String> users = new ConcurrentSkipListSet<>();

    @Test
    void rotatesUnderLoadWithoutAFailedQuery() throws Exception {
        try (Connection admin = DriverManager.getConnection(URL, "admin", "admin");
                Vault vault = new Vault(admin, directory)) {
            vault.rotate();
            try (SecretVolume volume = SecretVolume.of(directory).name("orders").build()) {
                volume.start();
                vault.awaitApplication();
                SecretSnapshot first = volume.snapshot();
                try (RotatingDataSource source = new RotatingDataSource(URL, volume)) {
                    AtomicBoolean done = new AtomicBoolean();
                    List<Thread> load = load(source, done);
                    for (int i = 0; i < ROTATIONS; i++) {
                        vault.rotate();
                        vault.awaitAckAndRevoke();
                        awaitQueries();
                    }
                    done.set(true);
                    for (Thread thread : load) {
                        thread.join();
                    }
                }
                // What the first generation held is worth nothing any more: the old users really are gone.
                assertThatThrownBy(() -> DriverManager.getConnection(
                                URL, text(first, "db/username"), text(first, "db/password")))
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(users).contains("ORDERS_1", "ORDERS_" + (ROTATIONS + 1)).hasSizeGreaterThan(ROTATIONS);
        System.out.println(queries + " queries by " + users.size() + " users, " + failures.size() + " failed");
    }

    private static String text(SecretSnapshot snapshot, String name) {
        return new String(snapshot.get(name).reveal(), StandardCharsets.UTF_8);
    }

    private void awaitQueries() throws InterruptedException {
        long enough = queries.get() + 100;
        while (queries.get() < enough && failures.isEmpty()) {
            Thread.sleep(5);
        }
    }

    private List<Thread> load(RotatingDataSource source, AtomicBoolean done) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Thread thread = new Thread(() -> {
                while (!done.get()) {
                    query(source);
                }
            });
            threads.add(thread);
            thread.start();
        }
        return threads;
    }

    private void query(RotatingDataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // Several on one connection, so that a rotation falls between them.
            for (int i = 0; i < 5; i++) {
                try (ResultSet result = statement.executeQuery("SELECT CURRENT_USER")) {
                    result.next();
                    users.add(result.getString(1));
                    queries.incrementAndGet();
                    Thread.sleep(1);
                }
            }
        } catch (SQLException failed) {
            failures.add(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
