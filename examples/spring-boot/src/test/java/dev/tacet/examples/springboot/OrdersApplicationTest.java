package dev.tacet.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring Boot on a volume that the real sidecar writes. Messages of assertions never hold a value. */
class OrdersApplicationTest {
    @TempDir
    private static Path directory;

    private static Sidecar sidecar;

    @BeforeAll
    static void startTheSidecar() throws Exception {
        sidecar = Sidecar.start(directory);
    }

    @AfterAll
    static void stopTheSidecar() throws InterruptedException {
        sidecar.stop();
    }

    @Test
    void readsTheVolumeByConfigTreeAndNoneOfOurOwnFiles() {
        assertThat(sidecar.volume().resolve("..tacet/needles.json")).exists();
        try (ConfigurableApplicationContext context = application()) {
            List<String> names = context.getEnvironment().getPropertySources().stream()
                    .filter(ConfigTreePropertySource.class::isInstance)
                    .flatMap(tree -> List.of(((ConfigTreePropertySource) tree).getPropertyNames()).stream())
                    .toList();
            assertThat(names).containsExactlyInAnyOrder("backend.user", "backend.password");
            assertThat(context.getEnvironment().getProperty("backend.user")).isEqualTo("orders");
        }
    }

    @Test
    void aFreshPropertySourceSeesARotationAndAnOldOneDoesNot() throws Exception {
        ConfigTreePropertySource old = new ConfigTreePropertySource("old", sidecar.volume());
        String before = String.valueOf(old.getProperty("backend.password"));
        String after = sidecar.rotate();
        Deadline.await(
                "the rotation is published",
                () -> Files.readString(sidecar.password()).equals(after));

        ConfigTreePropertySource fresh = new ConfigTreePropertySource("fresh", sidecar.volume());
        assertThat(String.valueOf(fresh.getProperty("backend.password")).equals(after))
                .isTrue();
        assertThat(String.valueOf(old.getProperty("backend.password")).equals(before))
                .isTrue();
    }

    @Test
    void aContextRefreshSeesARotation() throws Exception {
        try (ConfigurableApplicationContext context = application()) {
            // The follower would refresh as well, and whoever comes second finds nothing changed.
            context.getBean(RotationFollower.class).close();
            String after = sidecar.rotate();
            Deadline.await(
                    "the rotation is published",
                    () -> Files.readString(sidecar.password()).equals(after));

            assertThat(context.getBean(ContextRefresher.class).refresh()).contains("backend.password");
            assertThat(context.getBean(Login.class).authorization().equals(basic(after)))
                    .isTrue();
        }
    }

    @Test
    void theApplicationFollowsARotationByItself() throws Exception {
        try (ConfigurableApplicationContext context = application()) {
            Login login = context.getBean(Login.class);
            String after = sidecar.rotate();
            Deadline.await(
                    "the service signs in anew", () -> login.authorization().equals(basic(after)));
        }
    }

    /** Spring may meet an old generation while it is removed. */
    @Test
    void theFollowerTriesAgainWhenACallFails() throws Exception {
        CountDownLatch calls = new CountDownLatch(2);
        try (RotationFollower follower = new RotationFollower(sidecar.volume(), () -> {
            calls.countDown();
            if (calls.getCount() > 0) {
                throw new IllegalStateException("the first call fails");
            }
        })) {
            follower.start();
            sidecar.rotate();
            assertThat(calls.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPlainReaderThatFollowsTheDataLinkSeesARotation() throws Exception {
        CountDownLatch rotated = new CountDownLatch(1);
        try (RotationFollower follower = new RotationFollower(sidecar.volume(), rotated::countDown)) {
            follower.start();
            String after = sidecar.rotate();
            assertThat(rotated.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(sidecar.password()).equals(after)).isTrue();
        }
    }

    @Test
    void masksThePasswordInALogLineBeforeAndAfterARotation() throws Exception {
        PrintStream original = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try (ConfigurableApplicationContext context = application()) {
            ListAppender<ILoggingEvent> plain = listenTo(Login.class);
            Login login = context.getBean(Login.class);
            String before = Files.readString(sidecar.password());
            login.authorization();
            String after = sidecar.rotate();
            Deadline.await(
                    "the service signs in anew", () -> login.authorization().equals(basic(after)));

            assertThat(plain.list.get(0).getFormattedMessage().contains(before)).isTrue();
            String output = captured.toString(StandardCharsets.UTF_8);
            assertThat(output.contains("signing in as")).isTrue();
            assertThat(output.contains("[REDACTED:backend/password]")).isTrue();
            assertThat(output.contains(before)).isFalse();
            assertThat(output.contains(after)).isFalse();
        } finally {
            System.setOut(original);
        }
    }

    private static ConfigurableApplicationContext application() {
        return SpringApplication.run(
                OrdersApplication.class, "--tacet.volume=" + sidecar.volume(), "--spring.main.banner-mode=off");
    }

    private static ListAppender<ILoggingEvent> listenTo(Class<?> type) {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        ((Logger) LoggerFactory.getLogger(type)).addAppender(appender);
        return appender;
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("orders:" + password).getBytes(StandardCharsets.UTF_8));
    }
}
