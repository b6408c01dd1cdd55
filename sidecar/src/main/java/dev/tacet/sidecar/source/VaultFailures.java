package dev.tacet.sidecar.source;

import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.source.VaultAnswer.Complaint;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong between us and one vault, in words of our own. Statuses are those of Vault's HTTP API page. */
final class VaultFailures {
    private final URI address;
    private final Optional<String> namespace;

    VaultFailures(URI address, Optional<String> namespace) {
        this.address = address;
        this.namespace = namespace;
    }

    /** A request for a secret that did not give one. */
    SourceException reading(Origin origin, VaultQuery query, VaultAnswer answer) {
        String shown = origin instanceof Origin.Kv2 kv
                ? kv.mount() + "/" + kv.path()
                : query.path().plain();
        return switch (answer.status()) {
            case 401, 403 ->
                new SourceException(
                        Kind.DENIED,
                        "the vault denies reading " + shown,
                        "the token is no longer valid, or none of its policies allows path \""
                                + query.path().plain() + "\" { capabilities = [\""
                                + (query.isRead() ? "read" : "update") + "\"] }");
            case 404 -> notFound(origin, shown, answer.complaint());
            case 400 ->
                new SourceException(
                        Kind.CONFIGURATION,
                        "the vault refuses the request for " + shown,
                        "check that the role exists and that it allows the parameters: `bao "
                                + (query.isRead() ? "read " : "write ") + shown + "` tells more");
            default -> other(answer);
        };
    }

    /** A request about a lease or a certificate that was refused. */
    SourceException ending(String what, VaultAnswer answer) {
        return switch (answer.status()) {
            case 401, 403 ->
                new SourceException(
                        Kind.DENIED,
                        "the vault denies " + what,
                        "the token is no longer valid, or none of its policies allows it; the policy default does");
            default -> other(answer);
        };
    }

    /** A login that did not give a token; {@code who} names the credential that was shown. */
    SourceException loggingIn(String mount, String who, VaultAnswer answer) {
        return switch (answer.status()) {
            // AppRole says 400 for a wrong id; a mount that is not there is a 403
            case 400, 401, 403 ->
                new SourceException(
                        Kind.DENIED,
                        "the vault refuses the login at auth/" + mount + " with " + who,
                        "check mount, role id and secret id; a secret id may have ended or been used up");
            case 404 -> answer.complaint() == Complaint.NO_NAMESPACE ? noNamespace() : noAuthMethod(mount);
            default -> other(answer);
        };
    }

    private static SourceException noAuthMethod(String mount) {
        return new SourceException(
                Kind.CONFIGURATION, "no auth method at auth/" + mount, "name the mount that `bao auth list` shows");
    }

    private SourceException notFound(Origin origin, String shown, Complaint complaint) {
        String mount = origin instanceof Origin.Kv2 kv ? kv.mount() : shown.replaceFirst("/.*", "");
        return switch (complaint) {
            case NO_NAMESPACE -> noNamespace();
            case NO_MOUNT ->
                new SourceException(
                        Kind.NOT_FOUND,
                        "no engine is mounted at " + mount + "/",
                        "name the mount that `bao secrets list` shows");
            case DELETED ->
                new SourceException(
                        Kind.NOT_FOUND,
                        (pinned(origin) ? "that version of " : "the current version of ") + shown + " is deleted",
                        "write a new version, or undelete it");
            case NONE, SEALED ->
                new SourceException(
                        Kind.NOT_FOUND,
                        "no secret at " + shown,
                        origin instanceof Origin.Kv2
                                ? "write it, or give mount and path as `bao kv get -mount=MOUNT PATH` takes them; a KV v1"
                                        + " engine needs engine: kv1"
                                : "write it, or give the path as `bao read PATH` takes it");
        };
    }

    private SourceException noNamespace() {
        return new SourceException(
                Kind.CONFIGURATION,
                "no namespace " + namespace.orElse("") + " in the vault at " + address,
                "name one that `bao namespace list` shows");
    }

    private static boolean pinned(Origin origin) {
        return origin instanceof Origin.Kv2 kv && kv.version().isPresent();
    }

    private SourceException other(VaultAnswer answer) {
        if (answer.complaint() == Complaint.SEALED) {
            return new SourceException(
                    Kind.SEALED, "the vault is sealed", "unseal the vault at " + address + "; reading then goes on");
        }
        if (answer.complaint() == Complaint.NO_NAMESPACE) {
            return noNamespace();
        }
        int status = answer.status();
        if (status == 429) {
            return new SourceException(new Failure(
                    Kind.RATE_LIMITED,
                    "the vault limits the rate of requests",
                    "raise its rate-limit quota, or poll less often",
                    answer.retryAfter()));
        }
        if (status / 100 == 3) {
            return new SourceException(
                    Kind.CONFIGURATION,
                    "the vault at " + address + " redirects to another address",
                    "name the address that answers itself: a token is not carried to another host");
        }
        if (status == 412 || status / 100 == 5) {
            return new SourceException(new Failure(
                    Kind.OUTAGE,
                    "the vault at " + address + " answers with status " + status,
                    "its own log says why; reading is tried again",
                    answer.retryAfter()));
        }
        return new SourceException(
                Kind.CONFIGURATION,
                "the vault at " + address + " answers with status " + status,
                "check that the address is a vault's, with the right scheme and port");
    }

    /** No answer, or half of one. Of {@code trouble} only the type is used, and that of its causes. */
    SourceException noAnswer(Throwable trouble) {
        if (find(trouble, MalformedAnswerException.class) != null) {
            return outage(
                    "the answer of the vault at " + address + " cannot be read",
                    "check that the address is a vault's own: the answer broke off, is too long, or is no JSON");
        }
        String start = "cannot reach the vault at " + address + ": ";
        if (find(trouble, HttpTimeoutException.class) != null) {
            return outage(start + "no answer in time", "check the address, or raise the time-out");
        }
        if (find(trouble, UnresolvedAddressException.class) != null
                || find(trouble, UnknownHostException.class) != null) {
            return outage(start + "its name does not resolve", "check the host name in the address");
        }
        if (find(trouble, CertificateException.class) != null) {
            return outage(
                    start + "its certificate is not trusted",
                    "name the CA that signed it in ca-file, and the host that it was issued for in the address");
        }
        if (find(trouble, SSLException.class) != null) {
            return outage(
                    start + "no TLS connection", "check that the port speaks TLS, or write http:// if it does not");
        }
        if (find(trouble, ConnectException.class) != null) {
            return outage(start + "connection refused", "start the vault, or check host and port");
        }
        return outage(start + "the connection broke", "reading is tried again");
    }

    private static SourceException outage(String message, String hint) {
        return new SourceException(Kind.OUTAGE, message, hint);
    }

    private static <T> @Nullable T find(Throwable trouble, Class<T> type) {
        Throwable each = trouble;
        for (int depth = 0; each != null && depth < 20; depth++) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
            each = each.getCause();
        }
        return null;
    }
}
