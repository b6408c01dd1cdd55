package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import com.google.re2j.Pattern;
import java.io.File;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** An application that is a module, with Logback's modules and this library's, in a process of its own. */
final class ModulePathTest {
    private static final String CANARY = "kT9sLqWmX2vPz7";

    private static final String DESCRIPTOR = """
            module app {
                requires dev.tacet.redactor;
                requires org.slf4j;
            }
            """;

    private static final String PROGRAM = """
            package app;

            import dev.tacet.redactor.Redactor;
            import dev.tacet.redactor.SecretValue;
            import dev.tacet.redactor.rules.Rules;
            import dev.tacet.redactor.stream.RedactingOutputStream;
            import java.io.PrintStream;
            import org.slf4j.LoggerFactory;

            public class Main {
                public static void main(String[] args) {
                    LoggerFactory.getLogger("app").info("by Logback {}", args[0]);
                    Redactor redactor = Redactor.builder()
                            .secret("own", SecretValue.ofUtf8(args[0]))
                            .rules(Rules.builtIn())
                            .build();
                    try (PrintStream out = new PrintStream(new RedactingOutputStream(System.out, () -> redactor))) {
                        out.println("by stream " + args[0]);
                        out.println(Main.class.getModule() + " and " + Redactor.class.getModule());
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void exportsTheFrontDoorAndNoMore() throws Exception {
        ModuleDescriptor descriptor = ModuleFinder.of(place(Redactor.class))
                .find("dev.tacet.redactor")
                .orElseThrow()
                .descriptor();
        assertThat(descriptor.exports().stream().map(ModuleDescriptor.Exports::source))
                .containsExactlyInAnyOrder(
                        "dev.tacet.redactor",
                        "dev.tacet.redactor.logback",
                        "dev.tacet.redactor.metrics",
                        "dev.tacet.redactor.rules",
                        "dev.tacet.redactor.stream",
                        "dev.tacet.redactor.volume");
        assertThat(descriptor.opens()).isEmpty();
        assertThat(descriptor.requires().stream()
                        .filter(one -> !one.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                        .map(ModuleDescriptor.Requires::name))
                .containsExactlyInAnyOrder("java.base", "re2j");
    }

    @Test
    void masksInAnApplicationThatIsAModule() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("secrets")).resolve("password"), CANARY);
        String plain = run("""
                <configuration><appender name="A" class="ch.qos.logback.core.ConsoleAppender">
                  <encoder><pattern>%msg%n</pattern></encoder>
                </appender><root><appender-ref ref="A"/></root></configuration>
                """);
        assertThat(plain).contains("by Logback " + CANARY);
        String redacted = run("""
                <configuration><appender name="A" class="ch.qos.logback.core.ConsoleAppender">
                  <encoder class="dev.tacet.redactor.logback.RedactingEncoder">
                    <volume>%s</volume>
                    <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%%msg%%n</pattern></encoder>
                  </encoder>
                </appender><root><appender-ref ref="A"/></root></configuration>
                """.formatted(folder.resolve("secrets")));
        assertThat(redacted)
                .contains("by Logback [REDACTED:password]")
                .contains("by stream [REDACTED:own]")
                .contains("module app and module dev.tacet.redactor")
                .doesNotContain(CANARY);
    }

    private String run(String xml) throws Exception {
        Path config = Files.writeString(folder.resolve("logback.xml"), xml);
        String modules = Stream.of(Redactor.class, Pattern.class, LoggerContext.class, Context.class, Logger.class)
                .map(ModulePathTest::place)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Path app = compile(modules);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=" + config,
                        "--module-path",
                        modules + File.pathSeparator + app,
                        "--add-modules",
                        "ch.qos.logback.classic",
                        "--module",
                        "app/app.Main",
                        CANARY)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("exit code").isZero();
        return output;
    }

    private Path compile(String modules) throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/app"));
        Path descriptor = Files.writeString(source.getParent().resolve("module-info.java"), DESCRIPTOR);
        Path program = Files.writeString(source.resolve("Main.java"), PROGRAM);
        Path target = Files.createDirectories(folder.resolve("app"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            StringWriter said = new StringWriter();
            boolean done = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of("--module-path", modules, "-d", target.toString()),
                            null,
                            files.getJavaFileObjects(descriptor, program))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
        return target;
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
