package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import io.github.jopenlibs.vault.json.JsonArray;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether a configuration will work, without reading a secret or making a credential: connects, logs in, and
 * asks the vault what the token may do (API page {@code sys/capabilities-self}, which the policy {@code default}
 * allows). The token of a login of its own is revoked again.
 */
public final class VaultCheck {
    private static final ApiPath CAPABILITIES = new ApiPath("sys/capabilities-self");

    private final VaultSettings settings;
    private final RequestListener listener;
    private final Clock clock;

    public VaultCheck(VaultSettings settings, RequestListener listener, Clock clock) {
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param token in words: how long it lasts and whether it can be renewed
     * @param warnings what works and will cause trouble
     * @param needs in the order of the configuration
     */
    public record Report(String token, List<String> warnings, List<Need> needs) {
        public Report {
            warnings = List.copyOf(warnings);
            needs = List.copyOf(needs);
        }

        public boolean isComplete() {
            return needs.stream().allMatch(need -> need.granted || need.optional);
        }

        /** The policy that is missing, in HCL; empty when none is. */
        public String missingPolicy() {
            StringBuilder policy = new StringBuilder();
            for (Need need : needs) {
                if (!need.granted) {
                    policy.append("path \"")
                            .append(need.path)
                            .append("\" {\n  capabilities = [\"")
                            .append(need.capability)
                            .append("\"]\n}\n");
                }
            }
            return policy.toString();
        }
    }

    /**
     * One right that is needed.
     *
     * @param optional whether all works without it, only less well
     */
    public record Need(String path, String capability, String why, boolean granted, boolean optional) {}

    /**
     * Connects, logs in and asks.
     *
     * @throws CheckException when it does not come so far
     */
    public Report check(List<Origin> origins) throws CheckException {
        VaultFailures failures = new VaultFailures(settings.address(), settings.namespace());
        VaultTransport transport = new VaultTransport(settings, clock, failures);
        VaultLogins logins = new VaultLogins(transport, failures);
        try {
            VaultToken token = new VaultLogin(logins, settings.auth(), listener, clock).login();
            try {
                Map<String, Need> wanted = needs(origins);
                JsonArray paths = new JsonArray();
                Set<String> asked = new LinkedHashSet<>();
                wanted.values().forEach(need -> asked.add(need.path));
                asked.forEach(paths::add);
                VaultReply reply = transport.write(CAPABILITIES, Map.of("paths", paths), Optional.of(token.value()));
                if (!reply.isSuccess()) {
                    throw failures.ending("asking for capabilities", reply.answer());
                }
                JsonNode granted = reply.body().path("data");
                List<Need> answered = wanted.values().stream()
                        .map(need -> new Need(
                                need.path,
                                need.capability,
                                need.why,
                                isGranted(granted.path(need.path), need.capability),
                                need.optional))
                        .toList();
                return new Report(describe(token), warnings(token, origins), answered);
            } finally {
                if (!(settings.auth() instanceof VaultSettings.TokenFile)) {
                    logins.revokeSelf(token.value());
                }
            }
        } catch (SourceException e) {
            throw new CheckException(e.failure());
        } finally {
            transport.close();
        }
    }

    /** It did not come so far. */
    public static final class CheckException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        CheckException(Failure failure) {
            super(failure.message());
            this.failure = failure;
        }

        public Failure failure() {
            return failure;
        }
    }

    private static boolean isGranted(JsonNode capabilities, String wanted) {
        for (JsonNode capability : capabilities) {
            String name = capability.asText();
            boolean create = wanted.equals("update") && name.equals("create");
            if (name.equals(wanted) || name.equals("root") || create) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Need> needs(List<Origin> origins) throws SourceException {
        Map<String, Need> needs = new LinkedHashMap<>();
        boolean leases = false;
        for (Origin origin : origins) {
            VaultQuery query = VaultQuery.of(origin);
            add(needs, query.path().plain(), query.isRead() ? "read" : "update", "the secret itself", false);
            leases |= origin instanceof Origin.Dynamic;
            if (origin instanceof Origin.Certificate certificate && certificate.revoke()) {
                String mount = certificate.path().replaceFirst("/(issue|sign)/[^/]+$", "");
                add(needs, mount + "/revoke", "update", "ending a certificate that was replaced", true);
            }
        }
        if (leases) {
            add(needs, "sys/leases/renew", "update", "renewing leases; without it each is replaced early", true);
            add(
                    needs,
                    "sys/leases/revoke",
                    "update",
                    "ending replaced leases; without it they stay to their TTL",
                    true);
        }
        add(needs, "auth/token/renew-self", "update", "renewing the token", true);
        return needs;
    }

    private static void add(Map<String, Need> needs, String path, String capability, String why, boolean optional) {
        needs.putIfAbsent(path + " " + capability, new Need(path, capability, why, false, optional));
    }

    private static String describe(VaultToken token) {
        String ttl =
                token.ttl().isZero() ? "never ends" : "ends in " + token.ttl().toSeconds() + " s";
        return (token.batch() ? "batch token, " : "service token, ")
                + ttl
                + (token.renewable() ? ", renewable" : ", not renewable");
    }

    private static List<String> warnings(VaultToken token, List<Origin> origins) {
        List<String> warnings = new ArrayList<>();
        if (token.batch() && origins.stream().anyMatch(Origin.Dynamic.class::isInstance)) {
            warnings.add("a batch token can neither renew nor revoke leases: dynamic secrets will be refused");
        }
        if (token.ttl().isZero()) {
            warnings.add("a token that never ends, as a root token, is a danger of its own: use one with a TTL");
        }
        return warnings;
    }
}
