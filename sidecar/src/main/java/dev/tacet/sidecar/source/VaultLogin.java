package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.VaultSettings.AppRole;
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
    private final Auth auth;
    private final CredentialListener listener;
    private final Clock clock;
    private @Nullable Held held;

    private record Held(SecretValue token, Instant since) {}

    VaultLogin(VaultLogins logins, Auth auth, CredentialListener listener, Clock clock) {
        this.logins = logins;
        this.auth = auth;
        this.listener = listener;
        this.clock = clock;
    }

    /** The token held, or the first one. */
    SecretValue token() throws SourceException {
        Held known = held;
        return known != null ? known.token : obtain();
    }

    /** Another token than the one just refused; empty when there is none, or no cause to ask for one. */
    Optional<SecretValue> insteadOf(SecretValue refused) throws SourceException {
        Held known = held;
        if (auth instanceof AppRole && known != null) {
            boolean recent = clock.instant().isBefore(known.since.plus(POLICIES_MAY_DIFFER));
            if (recent && logins.accepts(refused)) {
                return Optional.empty();
            }
        }
        held = null;
        SecretValue token = obtain();
        return token.equals(refused) ? Optional.empty() : Optional.of(token);
    }

    private SecretValue obtain() throws SourceException {
        SecretValue token;
        if (auth instanceof TokenFile file) {
            token = CredentialFile.word(file.file(), "token");
        } else {
            AppRole role = (AppRole) auth;
            SecretValue secretId = CredentialFile.word(role.secretIdFile(), "secret id");
            listener.obtained("vault secret id", secretId);
            token = logins.login(role, secretId);
        }
        listener.obtained("vault token", token);
        held = new Held(token, clock.instant());
        return token;
    }
}
