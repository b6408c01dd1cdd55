package dev.tacet.sidecar.source;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A path of the vault's HTTP API, as it stands in a URL after {@code /v1/}.
 *
 * @param encoded percent-encoded, no slash at either end
 */
record ApiPath(String encoded) {
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}]");
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /**
     * Where KV v2 keeps the current version of a secret: {@code MOUNT/data/PATH}.
     *
     * @throws SourceException when a part of it is empty, {@code .} or {@code ..}: the server would answer with a
     *     redirect to another path
     */
    static ApiPath data(SecretPath path) throws SourceException {
        return new ApiPath(encode(path.mount(), path) + "/data/" + encode(path.path(), path));
    }

    /** A path that is one of the API already, as {@code database/creds/app}. */
    static ApiPath of(String path) throws SourceException {
        return new ApiPath(encode(path, new SecretPath("", path)));
    }

    /** The same with a query. */
    ApiPath with(String name, int value) {
        return new ApiPath(encoded + "?" + name + "=" + value);
    }

    /** As a policy and a person write it: without a query. */
    String plain() {
        int query = encoded.indexOf('?');
        return query < 0 ? encoded : encoded.substring(0, query);
    }

    /** Where an auth method takes logins: {@code auth/MOUNT/login}; a mount may have slashes too. */
    static ApiPath login(String mount) throws SourceException {
        return new ApiPath("auth/" + encode(mount, new SecretPath("auth", mount)) + "/login");
    }

    /** Where userpass takes the logins of one user. */
    static ApiPath login(String mount, String user) throws SourceException {
        return new ApiPath(login(mount).encoded + "/" + encode(user, new SecretPath("auth/" + mount, user)));
    }

    private static String encode(String part, SecretPath whole) throws SourceException {
        StringBuilder encoded = new StringBuilder(part.length());
        String[] segments = part.replaceAll("^/|/$", "").split("/", -1);
        for (String segment : segments) {
            boolean odd = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            if (odd || UNSAFE.matcher(segment).find()) {
                throw new SourceException(
                        Failure.Kind.CONFIGURATION,
                        "not a path in a vault: "
                                + UNSAFE.matcher(whole.toString()).replaceAll("?"),
                        "write it without empty parts, . or ..: as `bao kv get -mount=MOUNT PATH` takes mount and path, or"
                                + " as `bao read PATH` does");
            }
            if (encoded.length() > 0) {
                encoded.append('/');
            }
            for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
                if (PLAIN.indexOf(b) >= 0) {
                    encoded.append((char) b);
                } else {
                    encoded.append('%').append(String.format("%02X", b & 0xff));
                }
            }
        }
        return encoded.toString();
    }
}
