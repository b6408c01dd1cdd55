package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedactorTest {
    private static final String CANARY = "canary-7Yk2pQ";
    private final Redactor redactor =
            Redactor.builder().secret("db/password", SecretValue.ofUtf8(CANARY)).build();

    @Test
    void masksTheValueAndLeavesTheRest() {
        assertThat(redactor.redact("user=app password=" + CANARY + " ok"))
                .isEqualTo("user=app password=[REDACTED:db/password] ok");
    }

    @Test
    void masksTheValueAtBothEndsAndAlone() {
        assertThat(redactor.redact(CANARY)).isEqualTo("[REDACTED:db/password]");
        assertThat(redactor.redact(CANARY + " " + CANARY)).isEqualTo("[REDACTED:db/password] [REDACTED:db/password]");
    }

    @Test
    void handsBackTheVeryArrayWhenClean() {
        for (String clean :
                List.of("", "a", "abc", "a clean line", "canary-", "canary-7Yk2p or so", CANARY.substring(1))) {
            byte[] bytes = clean.getBytes(UTF_8);
            assertThat(redactor.redact(bytes)).isSameAs(bytes);
            assertThat(redactor.redact(clean)).isSameAs(clean);
        }
    }

    @Test
    void leavesTheGivenArrayAsItWas() {
        byte[] bytes = CANARY.getBytes(UTF_8);
        assertThat(redactor.redact(bytes)).isNotSameAs(bytes);
        assertThat(bytes).isEqualTo(CANARY.getBytes(UTF_8));
    }

    @Test
    void passesBytesThatAreNoTextUnchanged() {
        byte[] input = {(byte) 0xff, 0, (byte) 0xc3, '\n', (byte) 0x80};
        byte[] value = CANARY.getBytes(UTF_8);
        byte[] line = new byte[input.length + value.length];
        System.arraycopy(input, 0, line, 0, input.length);
        System.arraycopy(value, 0, line, input.length, value.length);
        assertThat(redactor.redact(line)).startsWith(input).endsWith("[REDACTED:db/password]".getBytes(UTF_8));
    }

    @Test
    void knowsNothingWhenEmpty() {
        assertThat(Redactor.none().redact(CANARY)).isSameAs(CANARY);
    }

    @Test
    void namesValuesThatAreTooShort() {
        Redactor withShort = Redactor.builder()
                .secret("db/pin", SecretValue.ofUtf8("1234567"))
                .secret("empty", SecretValue.ofUtf8(""))
                .needle(new Needle("tiny", "", SecretValue.ofUtf8("abc\n"), Sensitivity.ALWAYS))
                .needle(new Needle("pin", "", SecretValue.ofUtf8("2468"), Sensitivity.ALWAYS))
                .needle(new Needle("user", "", SecretValue.ofUtf8("application"), Sensitivity.NEVER))
                .build();
        assertThat(withShort.ignored()).containsExactly("db/pin", "empty", "tiny");
        assertThat(withShort.redact("1234567 abc 2468 application"))
                .isEqualTo("1234567 abc [REDACTED:pin] application");
    }

    @Test
    void showsNoValueAsText() {
        assertThat(redactor.toString().contains(CANARY)).isFalse();
        assertThat(redactor).hasToString("Redactor");
    }

    @Test
    void makesUnsafeNamesSafe() {
        Redactor unsafe =
                Redactor.builder().secret("a\nb\"c", SecretValue.ofUtf8(CANARY)).build();
        assertThat(unsafe.redact(CANARY)).isEqualTo("[REDACTED:a_b_c]");
    }

    /** Two secrets, one text: what a log shows must not depend on the order in which files were read. */
    @Test
    void givesTheLongestMatchTheNameAndOfEqualsTheFirstName() {
        Redactor several = Redactor.builder()
                .secret("z", SecretValue.ofUtf8("abcdefghij"))
                .secret("a", SecretValue.ofUtf8("abcdefghij"))
                .secret("0", SecretValue.ofUtf8("abcdefgh"))
                .build();
        assertThat(several.redact("<abcdefghij>")).isEqualTo("<[REDACTED:a]>");
    }

    @Test
    void allocatesNothingForCleanLines() {
        Redactor.Builder builder = Redactor.builder();
        for (int i = 0; i < 100; i++) {
            builder.secret("s" + i, SecretValue.ofUtf8("value-number-" + i * 7919 + "-" + i));
        }
        Redactor hundred = builder.build();
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // The beginning of a value too: a near miss is clean as well.
            lines.add(
                    ("2026-11-23 INFO o.e.Service - handled request value-number-" + i + " in 12 ms").getBytes(UTF_8));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int calls = 200_000;
        redactAll(hundred, lines, calls);
        long before = threads.getThreadAllocatedBytes(thread);
        boolean same = redactAll(hundred, lines, calls);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertThat(same).isTrue();
        assertThat((double) allocated / calls).isLessThan(0.1);
    }

    private static boolean redactAll(Redactor redactor, List<byte[]> lines, int calls) {
        boolean same = true;
        for (int i = 0; i < calls; i++) {
            byte[] line = lines.get(i % lines.size());
            same &= redactor.redact(line) == line;
        }
        return same;
    }

    @Test
    void charactersOfNoWidthInsideEachOtherDoNoHarm() {
        Redactor redactor = Redactor.builder()
                .secret("s", SecretValue.ofUtf8("abcdefgh-ijkl"))
                .build();
        byte[] text = new byte[100];
        Arrays.fill(text, 0, 50, (byte) 0xc2);
        Arrays.fill(text, 50, 100, (byte) 0xad);
        assertThat(redactor.redact(text)).isSameAs(text);
        // What may go on to be one, again and again.
        byte[] open = "abcdefgh-ijkl ".getBytes(UTF_8);
        open = Arrays.copyOf(open, 100);
        Arrays.fill(open, 14, 100, (byte) 0xc2);
        assertThat(redactor.part(open, 0, false, found -> {}).end()).isGreaterThanOrEqualTo(14);
    }

    @Test
    void aLongValueThatLooksCutShortInAnotherViewIsMaskedToItsEndAlone() {
        String value = "17-XU]r/!t`9&G)-7%&m 7_/x^{A|$EU1 8L^ny?3=&8P*y??aZ^tD?1F!tvGca<0w$44W/{b_BHUVcU|Dy[v%41b";
        Redactor redactor =
                Redactor.builder().secret("s", SecretValue.ofUtf8(value)).build();
        for (String after : List.of("\"", "-", "\"}", "-\n")) {
            byte[] text = ("{" + value + after).getBytes(UTF_8);
            assertThat(redactor.redact(new String(text, UTF_8))).isEqualTo("{[REDACTED:s]" + after);
            assertThat(new String(redactor.part(text, 0, true, found -> {}).out(), UTF_8))
                    .isEqualTo("{[REDACTED:s]" + after);
        }
        // Cut short it is masked as ever.
        assertThat(redactor.redact("{" + value.substring(0, 80))).isEqualTo("{[REDACTED:s]");
    }
}
