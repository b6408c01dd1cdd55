package dev.tacet.sidecar.source;

import dev.tacet.sidecar.config.VaultSettings.Auth;
import dev.tacet.sidecar.config.VaultSettings.TokenFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the vault token and gets another when it is refused. One thread uses it.
 *
 * <p>A 403 says either that the token has ended or that its policies are too narrow. A token file is read again in both
 * cases. A login makes a token in the vault each time, so there must be a cause: the token is no longer valid, or it is
 * older than {@link #POLICIES_MAY_DIFFER}, because a role's new policies reach new tokens only.
 */
final class VaultLogin {
    private static final Duration POLICIES_MAY_DIFFER = Duration.ofMinutes(10);

    private final VaultLogins logins;
    private final LoginCredentials credentials;
    private final Auth auth;
    private final RequestListener listener;
    private final Clock clock;
    private @Nullable Held held;

    private record Held(VaultToken token, Instant since) {}

    VaultLogin(VaultLogins logins, Auth auth, RequestListener listener, Clock clock) {
        this.logins = logins;
        this.credentials = new LoginCredentials(logins, auth, listener);
        this.auth = auth;
        this.listener = listener;
        this.clock = clock;
    }

    /** The token held, or the first one. */
    VaultToken token() throws SourceException {
        Held known = held;
        return known != null ? known.token : login();
    }

    Optional<VaultToken> held() {
        return Optional.ofNullable(held).map(Held::token);
    }

    /** Goes on with a token that is known from before, or what became of the one that is held. */
    void adopt(VaultToken token) {
        listener.obtained("vault token", token.value());
        held = new Held(token, clock.instant());
    }

    /** Whether another login may give what this token was refused. */
    boolean hasCauseFor(VaultToken refused) throws SourceException {
        Held known = held;
        if (auth instanceof TokenFile || known == null) {
            return true;
        }
        boolean recent = clock.instant().isBefore(known.since.plus(POLICIES_MAY_DIFFER));
        return !recent || !logins.accepts(refused.value());
    }

    /** Logs in, whatever is held. */
    VaultToken login() throws SourceException {
        VaultToken token = credentials.login();
        adopt(token);
        return token;
    }
}
