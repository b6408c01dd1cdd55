package dev.tacet.examples.logstash;

import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import net.logstash.logback.marker.Markers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Imports a record for each line on standard input, by an interface that wants a token. */
final class Importer {
    private static final Logger LOG = LoggerFactory.getLogger(Importer.class);

    private final Path secrets;

    private Importer(Path secrets) {
        this.secrets = secrets;
    }

    /** Takes the directory of secrets, in which {@code api-token} is. */
    public static void main(String[] arguments) throws IOException {
        Importer importer = new Importer(Path.of(arguments[0]));
        try (Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                importer.run(lines.nextLine());
            }
        }
    }

    private void run(String record) throws IOException {
        String token = Files.readString(secrets.resolve("api-token"));
        MDC.put("token", token);
        LOG.info("importing {} {}", record, kv("headers", Map.of("X-Api-Token", List.of(token))));
        LOG.info(
                Markers.append("request", Map.of("body", "{\"token\":\"" + token.replace("\"", "\\\"") + "\"}")),
                "sent");
        LOG.atInfo().addKeyValue("credential", token).log("answered {}", entries(Map.of("cookie", "t=" + token)));
        LOG.warn(
                "retry {}",
                raw("last", "\"" + token.replace("\"", "\\\"") + "\""),
                new IllegalStateException("401 for " + token));
        LOG.info("done with {}", record);
    }
}
