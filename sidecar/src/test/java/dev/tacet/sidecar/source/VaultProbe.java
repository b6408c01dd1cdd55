package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Reads one secret in a JVM of its own and prints what it got; {@link DriverIsolationIT} starts it. */
final class VaultProbe {
    private VaultProbe() {}

    /** {@code ADDRESS TOKEN-FILE}. */
    public static void main(String[] args) {
        VaultSettings settings = new VaultSettings(
                URI.create(args[0]),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                new VaultSettings.TokenFile(Path.of(args[1])));
        System.out.println("charset " + Charset.defaultCharset());
        try (VaultSource source = new VaultSource(settings, (name, value) -> {}, Clock.systemUTC(), new Random(1))) {
            Fetch fetch = source.fetch(new Origin.Kv2("secret", "app/\u00e9"));
            if (fetch instanceof Fetch.Failed failed) {
                System.out.println("failed " + failed.failure().kind());
                return;
            }
            for (Map.Entry<String, SecretValue> value :
                    ((Fetch.Found) fetch).data().values().entrySet()) {
                System.out.println("value "
                        + Base64.getEncoder().encodeToString(value.getValue().reveal()));
            }
        }
    }
}
