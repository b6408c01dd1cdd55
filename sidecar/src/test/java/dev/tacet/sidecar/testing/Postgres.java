package dev.tacet.sidecar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on a free loopback port, and an OpenBao database engine that makes users in it. Ended by its
 * process when closed, or with this JVM.
 */
public final class Postgres implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final String ADMIN = "admin";
    private static final int NOBODY = 65534;

    private final Path directory;
    private final Path programs;
    private final int port;
    private final String password;
    private final Process process;
    private final Thread atExit = new Thread(this::stop, "stop-postgres");

    private Postgres(Path directory, Path programs, String password) throws IOException {
        this.directory = directory;
        this.programs = programs;
        this.password = password;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        Path secret = Files.writeString(directory.resolve("password"), password);
        run(
                "initdb",
                "-D",
                data(),
                "-U",
                ADMIN,
                "-A",
                "scram-sha-256",
                "--pwfile=" + secret,
                "-E",
                "UTF8",
                "--no-sync");
        this.process = new ProcessBuilder(command(
                        "postgres",
                        "-D",
                        data(),
                        "-p",
                        Integer.toString(port),
                        "-h",
                        "127.0.0.1",
                        "-k",
                        directory.toString(),
                        "-F"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    /** Starts one; the test is skipped where PostgreSQL is not installed. */
    public static Postgres start() {
        Optional<Path> programs = find();
        Requires.that(programs.isPresent(), "PostgreSQL is not installed: Debian's package postgresql");
        try {
            Path directory = Files.createTempDirectory("tacet-postgres");
            if (isRoot()) {
                // PostgreSQL does not run as root.
                Files.setAttribute(directory, "unix:uid", NOBODY);
            }
            Postgres postgres = new Postgres(directory, programs.orElseThrow(), "pw-" + System.nanoTime());
            Runtime.getRuntime().addShutdownHook(postgres.atExit);
            Wait.until("PostgreSQL answers", READY_WITHIN, () -> postgres.accepts(ADMIN, postgres.password));
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Whether this user may log in and ask something. */
    public boolean accepts(String user, String userPassword) {
        return psql(user, userPassword, "select 1").exit() == 0;
    }

    /** Runs statements as the administrator. */
    public String sql(String statements) {
        Command result = psql(ADMIN, password, statements);
        if (result.exit() != 0) {
            throw new AssertionError("the statements failed");
        }
        return new String(result.out(), java.nio.charset.StandardCharsets.UTF_8).strip();
    }

    private Command psql(String user, String userPassword, String statements) {
        return Command.run(
                List.of(
                        "env",
                        "PGPASSWORD=" + userPassword,
                        programs.resolve("psql").toString(),
                        "-X",
                        "-A",
                        "-t",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        user,
                        "-d",
                        "postgres",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-c",
                        statements),
                new byte[0]);
    }

    /**
     * Has {@code bao} make users here: the dynamic role {@code database/creds/app}.
     *
     * @param ttl of a lease, such as {@code 1h}
     * @param maxTtl the longest it may become
     */
    public void dynamicRole(OpenBao bao, String ttl, String maxTtl) {
        connect(bao);
        bao.call(
                "POST",
                "database/roles/app",
                Map.of(
                        "db_name",
                        "postgres",
                        "creation_statements",
                        List.of("CREATE ROLE \"{{name}}\" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL"
                                + " '{{expiration}}';"),
                        "default_ttl",
                        ttl,
                        "max_ttl",
                        maxTtl));
    }

    /** The static role {@code database/static-creds/report}, of the user {@code report}. */
    public void staticRole(OpenBao bao, String rotationPeriod) {
        connect(bao);
        sql("CREATE ROLE report WITH LOGIN PASSWORD 'first'");
        bao.call(
                "POST",
                "database/static-roles/report",
                Map.of("db_name", "postgres", "username", "report", "rotation_period", rotationPeriod));
    }

    private void connect(OpenBao bao) {
        if (bao.raw("database/config/postgres").statusCode() == 200) {
            return;
        }
        bao.call("POST", "sys/mounts/database", Map.of("type", "database"));
        bao.call(
                "POST",
                "database/config/postgres",
                Map.of(
                        "plugin_name",
                        "postgresql-database-plugin",
                        "allowed_roles",
                        "*",
                        "connection_url",
                        "postgresql://{{username}}:{{password}}@127.0.0.1:" + port + "/postgres?sslmode=disable",
                        "username",
                        ADMIN,
                        "password",
                        password));
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void run(String program, String... arguments) {
        List<String> command = command(program, arguments);
        Command result = Command.run(command, new byte[0]);
        if (result.exit() != 0) {
            throw new AssertionError(program + " ended with " + result.exit());
        }
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of(
                    "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "env", "HOME=" + directory));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Optional<Path> find() {
        if (Requires.onPath("initdb") && Requires.onPath("postgres") && Requires.onPath("psql")) {
            return Optional.of(Path.of(""));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(debian)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        // SIGINT: it ends its connections and leaves nothing in shared memory. SIGTERM would wait for them.
        Command.run(List.of("kill", "-INT", Long.toString(process.pid())), new byte[0]);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
