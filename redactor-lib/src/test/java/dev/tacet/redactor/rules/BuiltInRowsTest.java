package dev.tacet.redactor.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.Part;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows 71 to 76 and 78 to 82 of the leak vectors, by the rules that come with the library. */
final class BuiltInRowsTest {
    private static final Redactor REDACTOR =
            Redactor.builder().rules(Rules.builtIn()).build();

    private static final String JWT =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /** A token made of {@code letters}, by chance; not one that anybody has. */
    private static String made(String prefix, String letters, int length) {
        Random random = new Random(length);
        StringBuilder token = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            token.append(letters.charAt(random.nextInt(letters.length())));
        }
        return token.toString();
    }

    static Stream<Arguments> tokens() {
        String word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        String upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        List<Arguments> all = new ArrayList<>();
        all.add(Arguments.of("aws-access-key", made("AKIA", upper, 16)));
        all.add(Arguments.of("aws-access-key", made("ASIA", upper, 16)));
        for (String kind : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            all.add(Arguments.of("github-token", made(kind, word, 36)));
        }
        all.add(Arguments.of("github-token", made("github_pat_", word, 22) + "_" + made("", word, 59)));
        all.add(Arguments.of("gitlab-token", made("glpat-", word, 20)));
        for (String kind : List.of("xoxb-", "xoxp-", "xoxa-", "xoxs-", "xoxr-", "xoxe-")) {
            all.add(Arguments.of("slack-token", made(kind + "123456789012-", word, 24)));
        }
        all.add(Arguments.of("stripe-key", made("sk_live_", word, 24)));
        all.add(Arguments.of("stripe-key", made("rk_test_", word, 24)));
        all.add(Arguments.of("vault-token", made("hvs.", word + "-_", 92)));
        all.add(Arguments.of("vault-token", made("hvb.", word, 140)));
        all.add(Arguments.of("google-api-key", made("AIza", word, 35)));
        all.add(Arguments.of("sendgrid-key", made("SG.", word, 22) + "." + made("", word, 43)));
        all.add(Arguments.of("npm-token", made("npm_", word, 36)));
        all.add(Arguments.of("pypi-token", made("pypi-AgEIcHlwaS5vcmc", word, 60)));
        all.add(Arguments.of("docker-token", made("dckr_pat_", word, 27)));
        all.add(Arguments.of("openai-key", made("sk-proj-", word, 48)));
        all.add(Arguments.of("anthropic-key", made("sk-ant-api03-", word, 93)));
        all.add(Arguments.of("digitalocean-token", made("dop_v1_", "0123456789abcdef", 64)));
        all.add(Arguments.of("hugging-face-token", made("hf_", word, 34)));
        all.add(Arguments.of("age-key", made("AGE-SECRET-KEY-1", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)));
        all.add(Arguments.of("jwt", JWT));
        return all.stream();
    }

    @ParameterizedTest(name = "row71 {0}")
    @MethodSource("tokens")
    void row71_aTokenIsMaskedWhateverFollows(String rule, String token) {
        String mask = "[REDACTED:" + rule + "]";
        for (String around : List.of(
                "T",
                "a T b",
                "T, x",
                "f(T)",
                "[T]",
                "{k=T, l=1}",
                "?t=T&u=1",
                "<T>",
                "T.",
                "T: x",
                "T%0A",
                "T\\n",
                "\"T\"",
                "'T'",
                "\\\"T\\\"",
                "T\u001b[0m",
                "\u001b[1mT",
                "T;",
                "T|",
                "x=T",
                "T\n",
                "T\t",
                "/T/",
                "T)")) {
            // A dot may go on with a token that is made of parts with dots.
            if (around.equals("T.") && rule.equals("jwt")) {
                continue;
            }
            assertThat(REDACTOR.redact(around.replace("T", token))).as(around).isEqualTo(around.replace("T", mask));
        }
        if (!rule.equals("jwt")) { // whose payload begins as its header does
            assertThat(REDACTOR.redact("x" + token))
                    .as("no token: a letter before it")
                    .isEqualTo("x" + token);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Authorization: Bearer abc123DEF456ghi | Authorization: Bearer [REDACTED:authorization]",
                "authorization: Basic YXBwOnNlY3JldA== | authorization: Basic [REDACTED:authorization]",
                "{\"Authorization\":\"Bearer abc123DEF456ghi\"} | {\"Authorization\":\"Bearer [REDACTED:authorization]\"}",
                "headers={Authorization=[Bearer abc123DEF456ghi], Accept=[x]} | headers={Authorization=[Bearer [REDACTED:authorization]], Accept=[x]}",
                "Authorization: AWS4-HMAC-SHA256 Credential=AKIX/2026, Signature=abcdef | Authorization: AWS4-HMAC-SHA256 [REDACTED:authorization]",
                "Cookie: SESSION=abcdef012345; theme=dark | Cookie: SESSION=[REDACTED:cookie]",
                "Set-Cookie: SESSION=abcdef012345; Path=/; HttpOnly | Set-Cookie: SESSION=[REDACTED:cookie]; Path=/; HttpOnly",
                "password=hunter2 | password=[REDACTED:password]",
                "db.password: hunter2x | db.password: [REDACTED:password]",
                "DB_PASSWORD=hunter2 | DB_PASSWORD=[REDACTED:password]",
                "{\"password\":\"hunter2\"} | {\"password\":\"[REDACTED:password]\"}",
                "{\"password\" : \"hun\\\"ter2\" , \"b\":1} | {\"password\" : \"[REDACTED:password]\" , \"b\":1}",
                "\"{\\\"password\\\":\\\"hunter2\\\"}\" | \"{\\\"password\\\":\\\"[REDACTED:password]\\\"}\"",
                "User{name=app, password=hunter2, age=3} | User{name=app, password=[REDACTED:password], age=3}",
                "Login[password=hunter2] | Login[password=[REDACTED:password]]",
                "connect(password='hunter2', port=1) | connect(password='[REDACTED:password]', port=1)",
                "passwd => hunter2 | passwd => [REDACTED:password]",
                "--password=hunter2 --verbose | --password=[REDACTED:password] --verbose",
                "pwd=hunter2; | pwd=[REDACTED:password];",
                "api_key=a1b2c3d4e5f6 | api_key=[REDACTED:secret]",
                "x-api-key: a1b2c3d4e5f6 | x-api-key: [REDACTED:secret]",
                "client_secret=a1b2c3d4e5f6&x=1 | client_secret=[REDACTED:secret]&x=1",
                "accessToken: a1b2c3d4e5f6 | accessToken: [REDACTED:secret]",
            })
    void row72_theKeyIsKept(String text, String expected) {
        assertThat(REDACTOR.redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123e4567-e89b-12d3-a456-426614174000",
                "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "traceId=4bf92f3577b34da6a3ce929d0e0e4736 spanId=00f067aa0ba902b7",
                "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
                "org.apache.hadoop.security.token.TokenRenewer: renewed",
                "ACTION_BATTERY_CHANGED",
                "key_id=3 keyspace=orders api=v1",
                "com.example:artifact:1.2.3-SNAPSHOT",
                "token=Token{78af589 ActivityRecord} activity token: android.os.BinderProxy@2bd79ce",
                "nextPageToken: none, tokens: 15, tokenizer=bert",
                "Failed password for root from 10.0.0.1 port 22 ssh2",
                "secretName: tls-certificate",
                "https://host:8443/path?x=1 mailto:a@b.c http://[::1]:80/",
                "eyJ is how a token begins; SG.1 hf_ sk- AKIA",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            })
    void row73_whatOnlyLooksLikeOneIsLeft(String text) {
        assertThat(REDACTOR.redact(text)).isEqualTo(text);
    }

    @Test
    void row74_aJsonWebTokenWhole() {
        assertThat(REDACTOR.redact("got " + JWT + " ok")).isEqualTo("got [REDACTED:jwt] ok");
        String cut = JWT.substring(0, JWT.lastIndexOf('.'));
        assertThat(REDACTOR.redact("got " + cut + " ok")).isEqualTo("got [REDACTED:jwt] ok");
        assertThat(REDACTOR.redact("got " + cut + ". Then")).isEqualTo("got [REDACTED:jwt]. Then");
        String encrypted = "eyJhbGciOiJkaXIifQ.abcdefghij.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4.tagtagtagtag";
        assertThat(REDACTOR.redact("got " + encrypted + " ok")).isEqualTo("got [REDACTED:jwt] ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://app:hunter2@db:5432/x | jdbc:postgresql://app:[REDACTED:url-password]@db:5432/x",
                "redis://:hunter2@cache | redis://:[REDACTED:url-password]@cache",
                "https://u:p@ss@host/x | https://u:[REDACTED:url-password]@host/x",
                "GET /x?token=a1b2c3d4e5f6&y=2 | GET /x?token=[REDACTED:secret]&y=2",
                "/b?X-Amz-Signature=0123456789abcdef0123456789abcdef&a=1 | /b?X-Amz-Signature=[REDACTED:signature]&a=1",
                "/b?sv=2020&sig=abcdEFGH0123%2Babcd0123%3D&se=1 | /b?sv=2020&sig=[REDACTED:signature]&se=1",
                "AccountKey=abcdEFGH0123+abcd/0123==;Endpoint=x | AccountKey=[REDACTED:secret];Endpoint=x",
            })
    void row75_urlsKeepTheirHost(String text, String expected) {
        assertThat(REDACTOR.redact(text)).isEqualTo(expected);
    }

    private static final String PEM =
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nabcdefgh\n-----END RSA PRIVATE KEY-----";

    @Test
    void row76_aPrivateKeyOverLinesAndOverPieces() throws IOException {
        assertThat(REDACTOR.redact("k " + PEM + " e")).isEqualTo("k [REDACTED:private-key] e");
        assertThat(REDACTOR.redact("\"" + PEM.replace("\n", "\\n") + "\"")).isEqualTo("\"[REDACTED:private-key]\"");
        assertThat(REDACTOR.redact(PEM.substring(0, 60))).isEqualTo("[REDACTED:private-key]");
        assertSameAtEverySplit("before\n" + PEM + "\nafter\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=",
                "eyJ",
                "eyJa.",
                "://",
                "a://b:",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "token: ",
                "Cookie: a=",
                "sk-ant-",
                "Authorization: Bearer "
            })
    void row78_tenMegabytesOfKeywordsTakeLinearTime(String keyword) {
        byte[] input = keyword.repeat(10_000_000 / keyword.length()).getBytes(UTF_8);
        assertThat(REDACTOR.redact(input)).isNotNull();
    }

    @Test
    void row79_masksAreStableAndTellNothing() {
        assertThat(REDACTOR.redact("password=hunter2")).isEqualTo(REDACTOR.redact("password=another-one"));
        assertThat(REDACTOR.redact(REDACTOR.redact("password=hunter2 token=a1b2c3d4e5f6")))
                .isEqualTo("password=[REDACTED:password] token=[REDACTED:secret]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIAIOSFODNN7EXAMPLE",
                "password=xxxx",
                "password=****",
                "password=${DB_PASSWORD}",
                "password=%s",
                "password=<password>",
                "password: null",
                "password=",
                "\"password\":\"\"",
                "token={}",
                "api_key=none",
                "https://user:${PASS}@host",
                "password=[REDACTED:db/password]"
            })
    void row80_placeholdersAreLeft(String text) {
        assertThat(REDACTOR.redact(text)).isEqualTo(text);
    }

    @Test
    void row81_aKnownValueNamesTheMask() {
        Redactor both = Redactor.builder()
                .rules(Rules.builtIn())
                .secret("vault/token", SecretValue.ofUtf8("hvs.CAESIabcdefghijklmnopqrstuvwxyz"))
                .build();
        assertThat(both.redact("a hvs.CAESIabcdefghijklmnopqrstuvwxyz0123 b")).isEqualTo("a [REDACTED:vault/token] b");
        assertThat(both.redact("password=hvs.CAESIabcdefghijklmnopqrstuvwxyz"))
                .isEqualTo("password=[REDACTED:vault/token]");
    }

    @Test
    void row82_aNumberInJsonGetsQuotes() throws IOException {
        String redacted = REDACTOR.redact("{\"password\": 12345678, \"b\": true}");
        assertThat(redacted).isEqualTo("{\"password\": \"[REDACTED:password]\", \"b\": true}");
        assertThat(new ObjectMapper().readTree(redacted).get("b").asBoolean()).isTrue();
    }

    /** None of the 16,000 lines holds a secret; a mask there would be a false one. */
    @Test
    void masksNothingInRealLogs() throws IOException {
        Path logs = SharedData.at("loghub");
        int lines = 0;
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                for (String line : Files.readString(file, ISO_8859_1).split("\n", -1)) {
                    byte[] bytes = line.getBytes(ISO_8859_1);
                    assertThat(REDACTOR.redact(bytes)).isSameAs(bytes);
                    lines++;
                }
            }
        }
        assertThat(lines).isGreaterThanOrEqualTo(16_000);
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void splitsChangeNothing(String rule, String token) {
        assertThat(rule).isNotEmpty();
        assertSameAtEverySplit("a " + token + ", b\nx=" + token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user password=hunter2 ok\n",
                "{\"password\":\"hun\\\"ter2\"}\n",
                "Authorization: Bearer abc123DEF456ghi\nx",
                "Cookie: S=abcdef012345; t=d\nx",
                "jdbc:x://app:hunter2@db:5432/x y",
                "GET /x?token=a1b2c3d4e5f6&y=2 z",
                "see https://host/path and www"
            })
    void splitsChangeNothingOfAssignments(String text) {
        assertSameAtEverySplit(text);
    }

    private static void assertSameAtEverySplit(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        String whole = sent(bytes, bytes.length);
        for (int cut = 0; cut < bytes.length; cut++) {
            assertThat(sent(bytes, cut)).as("cut at " + cut).isEqualTo(whole);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int end = 1; end <= bytes.length; end++) {
            Part part = REDACTOR.part(Arrays.copyOf(bytes, end), from, end == bytes.length, finding -> {});
            out.writeBytes(part.out());
            from = part.end();
        }
        assertThat(out.toString(UTF_8)).as("byte by byte").isEqualTo(whole);
    }

    private static String sent(byte[] bytes, int cut) {
        Part first = REDACTOR.part(Arrays.copyOf(bytes, cut), 0, false, finding -> {});
        Part second = REDACTOR.part(bytes, first.end(), true, finding -> {});
        return new String(first.out(), UTF_8) + new String(second.out(), UTF_8);
    }
}
