package dev.tacet.redactor.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NeedlesFileTest {
    // "canary-7Yk2pQ"
    private static final String VALUE = "Y2FuYXJ5LTdZazJwUQ==";

    @Test
    void readsNeedlesAndPassesOverWhatIsNew() throws BrokenException {
        String json =
                "{\"v\":1,\"new\":{},\"needles\":[{\"name\":\"db/password\",\"version\":\"3\",\"value\":\"" + VALUE
                        + "\",\"sensitive\":\"always\",\"since\":\"x\",\"until\":null,\"new\":[1]},{\"name\":\"u\",\"value\":\"\"}]}";
        assertThat(NeedlesFile.parse(json.getBytes(UTF_8)))
                .containsExactly(
                        new Needle("db/password", "3", SecretValue.ofUtf8("canary-7Yk2pQ"), Sensitivity.ALWAYS),
                        new Needle("u", "", SecretValue.ofUtf8(""), Sensitivity.AUTO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | is no JSON object",
                "{\"needles\":[]} | has another version than 1",
                "{\"v\":2,\"needles\":[]} | has another version than 1",
                "{\"v\":\"1\",\"needles\":[]} | has another version than 1",
                "{\"v\":1} | has no list of needles",
                "{\"v\":1,\"needles\":[7]} | has something else than an object at needle 0",
                "{\"v\":1,\"needles\":[{\"value\":\"@\"}]} | has no name at needle 0",
                "{\"v\":1,\"needles\":[{\"name\":\"a\"}]} | has no value at needle a",
                "{\"v\":1,\"needles\":[{\"name\":\"a\\nb\",\"value\":\"@!\"}]} | has a value that is not base64 at needle a_b",
                "{\"v\":1,\"needles\":[{\"name\":\"a\",\"value\":\"@\",\"sensitive\":\"@\"}]}"
                        + " | has an unknown sensitivity at needle a",
                "{\"v\":1,\"needles\":[{\"name\":\"a\",\"value\":\"@ | is no JSON at character 59",
            })
    void saysWhatIsWrongWithoutAValue(String json, String problem) {
        byte[] bytes = json.replace("@", VALUE).getBytes(UTF_8);
        BrokenException broken = catchThrowableOfType(BrokenException.class, () -> NeedlesFile.parse(bytes));
        assertThat(broken).hasMessage(problem);
        assertThat(broken.getCause()).isNull();
    }
}
