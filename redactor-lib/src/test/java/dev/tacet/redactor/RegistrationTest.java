package dev.tacet.redactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationTest {
    private static final String SECRET = "tR7k2mQx9ZpL";

    private static String redact(String registered, String line) {
        assertThat(line).as("plain output").contains(SECRET.substring(0, 4));
        return Redactor.builder()
                .secret("db", SecretValue.ofUtf8(registered))
                .build()
                .redact(line);
    }

    @ParameterizedTest(name = "row 45: {index}")
    @ValueSource(
            strings = {
                SECRET + "\n",
                SECRET + "\r\n",
                "\ufeff" + SECRET,
                "\"" + SECRET + "\"",
                "'" + SECRET + "'\n",
            })
    void row45_masksAValueWithAndWithoutWhatIsAroundIt(String registered) {
        assertThat(redact(registered, "a " + SECRET + " b")).isEqualTo("a [REDACTED:db] b");
        assertThat(redact(registered, "a " + registered.strip() + " b")).doesNotContain(SECRET);
    }

    @ParameterizedTest(name = "row 51: {index}")
    @ValueSource(
            strings = {
                "postgres://app:" + SECRET + "@db.example:5432/orders",
                "jdbc:postgresql://db.example/orders?user=app&password=" + SECRET + "&ssl=true",
                "Server=db.example;User Id=app;Pwd=" + SECRET + ";",
                "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + SECRET + "==;EndpointSuffix=core.example",
            })
    void row51_masksThePasswordOfAConnectionStringAlone(String registered) {
        assertThat(redact(registered, "login with " + SECRET + "== failed")).doesNotContain(SECRET);
        assertThat(redact(registered, "url " + registered)).isEqualTo("url [REDACTED:db]");
    }

    @Test
    void row51_masksThePasswordOfAUrlAsItReadsDecoded() {
        assertThat(redact("amqp://app:tR7k%402mQx%2F9Z@mq.example/", "a tR7k@2mQx/9Z b"))
                .isEqualTo("a [REDACTED:db] b");
    }

    @Test
    void row51_leavesACommonWordInAUrlAlone() {
        Redactor redactor = Redactor.builder()
                .secret("db", SecretValue.ofUtf8("postgres://postgres:changeit@localhost/orders"))
                .build();
        assertThat(redactor.redact("please changeit")).isEqualTo("please changeit");
    }

    @Test
    void row51_leavesTheNameToTheSecretThatIsThePassword() {
        Redactor redactor = Redactor.builder()
                .secret("a/url", SecretValue.ofUtf8("postgres://app:" + SECRET + "@db.example/orders"))
                .secret("b/password", SecretValue.ofUtf8(SECRET))
                .build();
        assertThat(redactor.redact("a " + SECRET + " b")).isEqualTo("a [REDACTED:b/password] b");
    }
}
