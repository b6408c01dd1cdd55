package dev.tacet.examples.quickstart;

import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs credentials in the ways in which it happens to everyone. The word in brackets names the way. */
final class CarelessLog {
    private static final Logger log = LoggerFactory.getLogger(CarelessLog.class);

    private CarelessLog() {}

    static void everything(Credentials credentials, URI url) {
        log.info("[plain] signing in with " + credentials.password());
        log.info("[argument] {}", credentials);
        log.info("[lines] the passphrase is\n{}", credentials.passphrase());
        log.warn("[failure] giving up", failure(credentials));
        MDC.put("credential", credentials.password());
        log.info("[mdc] see the context:");
        MDC.remove("credential");
        log.info("[header] Authorization: {}", credentials.basic());
        log.info("[token] X-Token: {}", Credentials.base64(credentials.password()));
        log.info("[cookie] Cookie: {}", Credentials.base64("auth=" + credentials.password()));
        log.info("[json] {}", credentials.json());
        log.info("[url] POST {}", url);
    }

    private static Exception failure(Credentials credentials) {
        IOException cause = new IOException("[cause] refused: " + credentials.passphrase());
        return new IllegalStateException("[exception] no login for " + credentials.password(), cause);
    }
}
