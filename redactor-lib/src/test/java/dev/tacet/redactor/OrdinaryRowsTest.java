package dev.tacet.redactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows 41, 44, 46 and 54 of the leak vectors: what is looked for, and what is not. */
final class OrdinaryRowsTest {
    private static final String SECRET = "tR7k2mQx9ZpL";
    private static final String OTHER = "nV4hW8cYe3Ua";

    private static Redactor of(String name, String value, Sensitivity sensitivity) {
        return Redactor.builder()
                .needle(new Needle(name, "", SecretValue.ofUtf8(value), sensitivity))
                .build();
    }

    @ParameterizedTest(name = "row 41: a value of {0}")
    @ValueSource(strings = {"dev", "true", "4711", "s3cret7"})
    void row41_aShortValueIsNotLookedForButNamed(String shortValue) {
        Redactor auto = of("db/pin", shortValue, Sensitivity.AUTO);
        String line = "mode " + shortValue + " pin=" + shortValue;
        assertThat(auto.redact(line)).isSameAs(line);
        assertThat(auto.ignored()).containsExactly("db/pin");
    }

    @Test
    void row41_aShortValueIsLookedForWhenItsOwnerSaysSo() {
        Redactor always = of("db/pin", "4711", Sensitivity.ALWAYS);
        assertThat(always.redact("pin=4711")).isEqualTo("pin=[REDACTED:db/pin]");
        assertThat(always.ignored()).isEmpty();
    }

    @ParameterizedTest(name = "row 44: {index}")
    @ValueSource(
            strings = {
                "{\"user\": \"orders-app\", \"password\": \"" + SECRET + "\",\n \"list\": [{\"api_key\":\"" + OTHER
                        + "\"}]}",
                "spring.datasource.username=orders-app\nspring.datasource.password=" + SECRET + "\n# c\n\napi.key: "
                        + OTHER + "\n",
                "export DB_USER=orders-app\nexport DB_PASSWORD=\"" + SECRET + "\"\nAPI_KEY='" + OTHER + "' # old\n",
                "---\ndb:\n  user: orders-app\n  password: " + SECRET + "\nkeys:\n  - name: a\n    value: \"" + OTHER
                        + "\"\n",
            })
    void row44_theSecretsInADocumentAreLookedForOneByOne(String document) {
        assertThat(document).contains(SECRET).contains(OTHER);
        Redactor redactor = of("app.conf", document, Sensitivity.AUTO);
        assertThat(redactor.redact("a " + SECRET + " b " + OTHER + " c"))
                .isEqualTo("a [REDACTED:app.conf] b [REDACTED:app.conf] c");
        assertThat(redactor.redact("dump: " + document)).doesNotContain(SECRET).doesNotContain(OTHER);
        for (String plain :
                new String[] {"orders-app", "{", "},", "---", "db:", "password", "spring.datasource.password="}) {
            assertThat(redactor.redact(plain)).isSameAs(plain);
        }
    }

    @Test
    void row44_aValueInADocumentIsLookedForAsItReadsUnescaped() {
        String document = "{\"password\": \"tR7k\\u0026\\\"mQx\\/9Zp\\n\"}";
        assertThat(of("app.json", document, Sensitivity.AUTO).redact("a tR7k&\"mQx/9Zp b"))
                .isEqualTo("a [REDACTED:app.json] b");
    }

    @ParameterizedTest(name = "row 44: {index}")
    @ValueSource(strings = {"kT=9sLqWmX2vPz", "kT9:sLqWmX2vPz", "kT9sLqWm\nX2vPz=="})
    void row44_aValueThatOnlyLooksLikeASettingIsNone(String value) {
        Redactor redactor = of("db", value, Sensitivity.AUTO);
        assertThat(redactor.redact("v " + value)).isEqualTo("v [REDACTED:db]");
        assertThat(redactor.redact("9sLqWmX2vPz sLqWmX2vPz")).isEqualTo("9sLqWmX2vPz sLqWmX2vPz");
    }

    @ParameterizedTest(name = "row 46: {index}")
    @ValueSource(
            strings = {
                "changeit",
                "Password",
                "localhost",
                "orders.prod.svc.cluster.local",
                "db.example.com",
                "10.20.30.40",
                "10.20.30.40:5432",
                "2026-11-26T10:11:12Z",
                "2026-11-26 10:11:12.345+01:00",
                "--------",
                "xxxxxxxxxxxx",
            })
    void row46_whatIsInEveryTextIsNotLookedForButNamed(String common) {
        String line = "all about " + common + " here";
        Redactor auto = of("db/value", common + "\n", Sensitivity.AUTO);
        assertThat(auto.redact(line)).isSameAs(line);
        assertThat(auto.ignored()).containsExactly("db/value");
        assertThat(of("db/value", common, Sensitivity.ALWAYS).redact(line))
                .isEqualTo("all about [REDACTED:db/value] here");
    }

    @ParameterizedTest(name = "row 46: {index}")
    @ValueSource(
            strings = {"changeit1", "correct horse", "host-7.example.com", "2026-11-26x", "10.20.30.40.50", "aabbccaa"})
    void row46_whatOnlyComesCloseIsLookedFor(String value) {
        assertThat(of("db/value", value, Sensitivity.AUTO).redact("a " + value)).isEqualTo("a [REDACTED:db/value]");
    }

    @ParameterizedTest(name = "row 54: {0}")
    @CsvSource({
        "username",
        "db/username",
        "user",
        "spring.datasource.username",
        "host",
        "db/HOST",
        "port",
        "database",
        "lease_id",
        "lease-duration",
        "ttl"
    })
    void row54_whatIsNoSecretByItsNameIsNotLookedFor(String name) {
        String line = "login as " + SECRET;
        Redactor auto = of(name, SECRET, Sensitivity.AUTO);
        assertThat(auto.redact(line)).isSameAs(line);
        assertThat(auto.ignored()).isEmpty();
        assertThat(of(name, SECRET, Sensitivity.ALWAYS).redact(line)).startsWith("login as [REDACTED:");
    }

    @Test
    void row54_aPasswordThatIsTheUserNameTooIsLookedFor() {
        Redactor both = Redactor.builder()
                .secret("db/username", SecretValue.ofUtf8(SECRET))
                .secret("db/password", SecretValue.ofUtf8(SECRET))
                .build();
        assertThat(both.redact("login as " + SECRET)).isEqualTo("login as [REDACTED:db/password]");
    }
}
