package dev.tacet.redactor;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is not looked for unless its owner says {@code always}, since masking it would take apart ordinary text and protect nothing: keys that name
 * what a log may show, and values that are common words, addresses or times.
 */
final class Ordinary {
    // With dashes and underscores left out.
    private static final Set<String> NAMES = Set.of(
            "username",
            "user",
            "login",
            "host",
            "hostname",
            "port",
            "database",
            "dbname",
            "schema",
            "region",
            "leaseid",
            "leaseduration",
            "renewable",
            "ttl",
            "createdtime",
            "expiration",
            "serialnumber");

    // Of eight letters and more; what is shorter is not looked for anyhow, save where a connection string has it for a
    // password.
    private static final Set<String> WORDS = Set.of(
            "password",
            "passw0rd",
            "changeit",
            "changeme",
            "localhost",
            "postgres",
            "postgresql",
            "username",
            "undefined",
            "database",
            "administrator",
            "disabled",
            "enabled",
            "required",
            "optional",
            "production",
            "development",
            "staging",
            "anonymous",
            "kubernetes",
            "application",
            "default",
            "internal",
            "external",
            "secret",
            "credentials");

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}(:[0-9]{1,5})?"
            // A name of a host without a digit; one with digits may be a password for all that can be known.
            + "|[a-z-]+(\\.[a-z-]+)+(:[0-9]{1,5})?");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?)?"
                    + "(Z|[+-][0-9]{2}:?[0-9]{2})?");
    private static final Pattern FILLING = Pattern.compile("([-_*=.#xX ])\\1*");
    private static final int LONGEST = 128;

    private Ordinary() {}

    /** Whether the last part of a name, behind slashes and dots, says that the value is no secret. */
    static boolean isName(String name) {
        int last = Math.max(name.lastIndexOf('/'), name.lastIndexOf('.'));
        return NAMES.contains(
                name.substring(last + 1).replace("_", "").replace("-", "").toLowerCase(Locale.ROOT));
    }

    /** Whether a value is in texts that have nothing to do with it. */
    static boolean isValue(byte[] value) {
        if (value.length > LONGEST) {
            return false;
        }
        // Latin-1 never fails, and what is no ASCII matches nothing here.
        String text = new String(value, StandardCharsets.ISO_8859_1).strip();
        return FILLING.matcher(text).matches()
                || WORDS.contains(text.toLowerCase(Locale.ROOT))
                || ADDRESS.matcher(text).matches()
                || TIME.matcher(text).matches();
    }
}
