package dev.tacet.examples.springboot;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.stereotype.Component;

/** How the service signs in. In refresh scope: a context refresh makes it anew, of what the volume holds by then. */
@Component
@RefreshScope
class Login {
    private static final Logger log = LoggerFactory.getLogger(Login.class);

    private final String user;
    private final String password;

    Login(@Value("${backend.user}") String user, @Value("${backend.password}") String password) {
        this.user = user;
        this.password = password;
    }

    /** The {@code Authorization} header, and a careless line about it. */
    String authorization() {
        log.info("signing in as {} with {}", user, password);
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
