package dev.tacet.sidecar.config;

import java.net.URI;
import java.time.Duration;

/** Reads what has to do with the rest of the pod: {@code health} and {@code notify}. */
final class PodSections {
    private PodSections() {}

    static HealthSettings health(Section section) {
        HealthSettings health = new HealthSettings(
                section.optionalText("host", "0.0.0.0").orElse("0.0.0.0"),
                section.number("port", 0, 65_535, 9465),
                section.duration("patience", Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofMinutes(5)));
        section.end();
        return health;
    }

    static NotifySettings http(Section notify) {
        Section section = notify.section("http");
        NotifySettings http = new NotifySettings(
                url(section),
                section.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(5)),
                section.number("attempts", 1, 100, 5));
        section.end();
        notify.end();
        return http;
    }

    private static URI url(Section section) {
        String text = section.text("url", "http://127.0.0.1:8080/actuator/refresh");
        String hint = "write one in this pod: http://127.0.0.1:8080/actuator/refresh";
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw section.wrong("url", "not an address", hint);
        }
        // To another host it would tell a stranger when credentials change.
        String host = url.getHost() == null ? "" : url.getHost();
        boolean local = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        if (!"http".equals(url.getScheme()) || !local || url.getRawUserInfo() != null) {
            throw section.wrong("url", "not an address in this pod", hint);
        }
        return url;
    }
}
