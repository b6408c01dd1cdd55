package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.VaultSettings;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a vault, through vault-java-driver. Each is sent once.
 *
 * <p>The driver's class for logical paths is used by itself, not through its front door, which logs the namespace at
 * each call; and its KV v1 form, which takes an API path as it is: its v2 form guesses where a mount ends. Of what it
 * throws nothing goes on. One thread uses it.
 */
final class VaultTransport {
    private static final int PATH_AS_IT_IS = 1;
    // A number is given on as it was written: 1.50 stays 1.50.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final VaultSettings settings;
    private final Clock clock;
    private final VaultFailures failures;
    private final ClockSkew skew = new ClockSkew();
    private @Nullable Made made;

    /** A client, and what it was made of. */
    private record Made(WithholdingHttpClient client, String fingerprint, String address) {}

    VaultTransport(VaultSettings settings, Clock clock, VaultFailures failures) {
        this.settings = settings;
        this.clock = clock;
        this.failures = failures;
    }

    /**
     * Reads a path: {@code GET /v1/…}.
     *
     * @throws SourceException when there is no whole answer; any status is one
     */
    VaultReply read(ApiPath path, Optional<SecretValue> token) throws SourceException {
        return exchange(token, logical -> logical.read(path.encoded()));
    }

    /**
     * Writes to a path: {@code POST /v1/…}.
     *
     * @param body values are text, numbers, booleans or the driver's JSON
     * @throws SourceException when there is no whole answer; any status is one
     */
    VaultReply write(ApiPath path, Map<String, Object> body, Optional<SecretValue> token) throws SourceException {
        return exchange(token, logical -> logical.write(path.encoded(), body));
    }

    /** Forgets the connections. */
    void close() {
        made = null;
    }

    private interface Request {
        LogicalResponse send(Logical logical) throws VaultException;
    }

    private VaultReply exchange(Optional<SecretValue> token, Request request) throws SourceException {
        Made known = made();
        WithholdingHttpClient http = known.client;
        LogicalResponse response = null;
        Throwable trouble = new MalformedAnswerException();
        try {
            response = request.send(new Logical(config(known, token)));
        } catch (VaultException e) {
            trouble = e;
        }
        if (http.last().isEmpty()) {
            // The next one gets a new connection, and resolves the name again: the server may have moved.
            made = null;
            throw failures.noAnswer(trouble);
        }
        VaultAnswer answer = http.last().get();
        skew.look(answer.date(), clock.instant());
        return new VaultReply(answer, response == null ? MissingNode.getInstance() : body(response));
    }

    private JsonNode body(LogicalResponse response) throws SourceException {
        try {
            return JSON.readTree(response.getRestResponse().getBody());
        } catch (IOException e) {
            throw failures.noAnswer(new MalformedAnswerException());
        }
    }

    /** The client, or another one where its certificates or its key are others by now. */
    private Made made() throws SourceException {
        VaultTls tls = VaultTls.of(settings);
        String fingerprint = tls.fingerprint();
        Made known = made;
        if (known != null && known.fingerprint.equals(fingerprint)) {
            return known;
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // proxies in front of a vault stumble over upgrades
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout());
        tls.context().ifPresent(builder::sslContext);
        settings.proxy()
                .ifPresent(proxy -> builder.proxy(
                        ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy)))));
        settings.serverName().ifPresent(name -> {
            SSLParameters parameters = new SSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            builder.sslParameters(parameters);
        });
        WithholdingHttpClient client = new WithholdingHttpClient(
                builder.build(), settings.timeout(), clock, WithholdingHttpClient.LONGEST_BODY);
        Made another = new Made(client, fingerprint, address());
        made = another;
        return another;
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? 80 : proxy.getPort();
    }

    /** With a server name, the host's number: the JDK takes a name in the address for the one to check. */
    private String address() throws SourceException {
        URI address = settings.address();
        if (settings.serverName().isEmpty()) {
            return address.toString();
        }
        try {
            String number = InetAddress.getByName(address.getHost()).getHostAddress();
            String host = number.contains(":") ? "[" + number + "]" : number;
            return address.getScheme() + "://" + host + (address.getPort() < 0 ? "" : ":" + address.getPort());
        } catch (UnknownHostException e) {
            throw failures.noAnswer(e);
        }
    }

    private VaultConfig config(Made known, Optional<SecretValue> token) throws VaultException {
        VaultConfig config = new VaultConfig()
                .environmentLoader(new NoEnvironment())
                .httpClient(known.client)
                .engineVersion(PATH_AS_IT_IS)
                .address(known.address);
        if (settings.namespace().isPresent()) {
            config.nameSpace(settings.namespace().get());
        }
        token.map(VaultTransport::text).ifPresent(config::token);
        return config.build();
    }

    /** The driver takes text, so this is where a credential becomes some, for the length of a request. */
    static String text(SecretValue credential) {
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
