package dev.tacet.examples.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tacet.redactor.volume.SecretSnapshot;
import dev.tacet.redactor.volume.SecretVolume;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool for each credential: new connections come from the newest, and the one before is closed when its last connection has been given back. Only
 * then is the new generation acknowledged, so the old credential is revoked when nothing uses it any more.
 *
 * <p>The user and password of secret {@code db} are the files {@code db/username} and {@code db/password} of the volume. For any number of threads.
 */
public final class RotatingDataSource implements DataSource, AutoCloseable {
    /** A query that takes longer than this on an old connection may fail; acknowledging for ever later would keep old credentials alive. */
    private static final long LONGEST_QUERY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final String url;
    private final SecretVolume volume;
    private volatile HikariDataSource current;

    /** Connects with the credential that is published now, and follows the volume from then on. */
    public RotatingDataSource(String url, SecretVolume volume) {
        this.url = url;
        this.volume = volume;
        SecretSnapshot first = volume.snapshot();
        this.current = pool(first);
        volume.ack(first);
        volume.onChange(this::rotate);
        if (!volume.snapshot().generation().equals(first.generation())) {
            rotate(volume.snapshot()); // published between the two
        }
    }

    private HikariDataSource pool(SecretSnapshot snapshot) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(text(snapshot, "db/username"));
        config.setPassword(text(snapshot, "db/password"));
        config.setMaximumPoolSize(8);
        // Opens the first connection here: a credential that does not work never takes the place of one that does.
        return new HikariDataSource(config);
    }

    private static String text(SecretSnapshot snapshot, String name) {
        return new String(snapshot.get(name).reveal(), StandardCharsets.UTF_8);
    }

    /** On the volume's own thread, one after the other. */
    private synchronized void rotate(SecretSnapshot next) {
        HikariDataSource before = current;
        try {
            current = pool(next);
        } catch (RuntimeException refused) {
            volume.reject(next, "db");
            throw refused;
        }
        awaitIdle(before);
        before.close();
        volume.ack(next);
    }

    private static void awaitIdle(HikariDataSource pool) {
        try {
            for (long waited = 0; waited < LONGEST_QUERY_MILLIS; waited += 10) {
                if (pool.getHikariPoolMXBean().getActiveConnections() == 0) {
                    return;
                }
                Thread.sleep(10);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection by the newest credential. */
    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            HikariDataSource pool = current;
            try {
                return pool.getConnection();
            } catch (SQLException closed) {
                // It was closed between the two lines above; the one that took its place was there before.
                if (pool == current) {
                    throw closed;
                }
            }
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the credential comes from the volume");
    }

    @Override
    public void close() {
        current.close();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return current.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        current.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        current.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return current.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return current.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return current.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return current.isWrapperFor(type);
    }
}
