package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.config.VaultSettings.AppRole;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The requests we make of a vault, through vault-java-driver. Each is sent once; whatever fails is a
 * {@link SourceException} with nothing of the driver's text in it.
 *
 * <p>The driver's classes are used one by one, not through its front door, which logs the namespace at each call; and
 * its KV v1 form, which takes an API path as it is: its v2 form guesses where a mount ends.
 */
final class VaultApi {
    private static final int PATH_AS_IT_IS = 1;

    private final VaultSettings settings;
    private final Clock clock;
    private final VaultFailures failures;
    private @Nullable WithholdingHttpClient client;

    VaultApi(VaultSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.failures = new VaultFailures(settings.address(), settings.namespace());
    }

    /** The current version of a KV v2 secret. */
    SecretData read(SecretPath path, SecretValue token) throws SourceException {
        ApiPath api = ApiPath.data(path);
        WithholdingHttpClient http = client();
        LogicalResponse response = null;
        Throwable trouble = null;
        try {
            response = new Logical(config(http, token)).read(api.encoded());
        } catch (VaultException e) {
            trouble = e;
        }
        VaultAnswer answer = answer(http, trouble);
        if (answer.status() != 200 || response == null) {
            throw failures.reading(path, api, answer);
        }
        return KvVersion2.data(response.getDataObject()).orElseThrow(() -> failures.notKv2(path));
    }

    /** Logs in; the token of it. */
    SecretValue login(AppRole role, SecretValue secretId) throws SourceException {
        ApiPath mount = ApiPath.authMount(role.mount());
        WithholdingHttpClient http = client();
        String token = null;
        Throwable trouble = null;
        try {
            token = new Auth(config(http, null))
                    .loginByAppRole(mount.encoded(), role.roleId(), text(secretId))
                    .getAuthClientToken();
        } catch (VaultException e) {
            trouble = e;
        }
        VaultAnswer answer = answer(http, trouble);
        if (answer.status() != 200) {
            throw failures.loggingIn(role.mount(), "the secret id in " + role.secretIdFile(), answer);
        }
        if (token == null || token.isEmpty()) {
            throw failures.noAnswer(new MalformedAnswerException());
        }
        return SecretValue.ofUtf8(token);
    }

    /** Whether a token is still valid. One without the policy {@code default} may not ask, and seems not to be. */
    boolean accepts(SecretValue token) throws SourceException {
        WithholdingHttpClient http = client();
        Throwable trouble = null;
        try {
            new Auth(config(http, token)).lookupSelf();
        } catch (VaultException e) {
            trouble = e;
        }
        return answer(http, trouble).status() == 200;
    }

    /** Forgets the connections. */
    void close() {
        client = null;
    }

    private VaultAnswer answer(WithholdingHttpClient http, @Nullable Throwable trouble) throws SourceException {
        Throwable cause = trouble == null ? new MalformedAnswerException() : trouble;
        return http.last().orElseThrow(() -> failures.noAnswer(cause));
    }

    private WithholdingHttpClient client() throws SourceException {
        WithholdingHttpClient known = client;
        if (known != null) {
            return known;
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // proxies in front of a vault stumble over upgrades
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout());
        if (settings.caFile().isPresent()) {
            builder.sslContext(VaultTls.trusting(settings.caFile().get()));
        }
        WithholdingHttpClient made = new WithholdingHttpClient(
                builder.build(), settings.timeout(), clock, WithholdingHttpClient.LONGEST_BODY);
        client = made;
        return made;
    }

    private VaultConfig config(HttpClient http, @Nullable SecretValue token) throws VaultException {
        VaultConfig config = new VaultConfig()
                .environmentLoader(new NoEnvironment())
                .httpClient(http)
                .engineVersion(PATH_AS_IT_IS)
                .address(settings.address().toString());
        if (settings.namespace().isPresent()) {
            config.nameSpace(settings.namespace().get());
        }
        if (token != null) {
            config.token(text(token));
        }
        return config.build();
    }

    /** The driver takes text, so this is where a credential becomes some, for the length of a request. */
    private static String text(SecretValue credential) {
        return new String(credential.reveal(), StandardCharsets.UTF_8);
    }

    /** No {@code VAULT_TOKEN}, no {@code ~/.vault-token}, no {@code VAULT_SSL_*}: what is not configured is not used. */
    private static final class NoEnvironment extends EnvironmentLoader {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("NullAway") // the driver's way to say "not set"
        public String loadVariable(String name) {
            return null;
        }
    }
}
