package dev.tacet.redactor.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.tacet.redactor.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sieve may say perhaps of anything, and no of nothing that RE2/J finds. */
final class SieveTest {
    private static final String[] SYNTAX = {
        "a",
        "b",
        "c",
        "_",
        "-",
        "é",
        "K",
        "(a|b)",
        "(?i:k)",
        "(?i)s",
        "[ab]",
        "[^a]",
        "[a-c-]",
        "[[:alpha:]]",
        "\\w",
        "\\W",
        "\\d",
        "\\s",
        ".",
        "\\b",
        "^",
        "$",
        "\\x61",
        "\\x{e9}",
        "(?:ab|c)",
        "(?P<n>a)",
        "(?s:.)",
        "\\.",
        "a|b",
        "[\\w.-]",
        "[^\\w]",
        "[\\x60'\"]"
    };
    private static final String[] COUNTS = {
        "", "", "", "*", "+", "?", "{2}", "{0,3}", "{1,}", "*?", "{2,9}", "{0,50}?", "{30}"
    };
    private static final String TEXT = "aaabbbcck_-.S 1é\u212a\u017f\n'";

    private static Sieve sieve(String regex) {
        return Sieve.of(regex).orElseThrow();
    }

    private static boolean mayMatch(Sieve sieve, byte[] text) {
        return sieve.mayMatch(text, 0, text.length);
    }

    @Property(tries = 3000)
    void neverSaysNoWhereRe2Finds(@ForAll Random random) {
        StringBuilder regex = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            String atom = SYNTAX[random.nextInt(SYNTAX.length)].replace("<n>", "<n" + i + ">");
            String count = COUNTS[random.nextInt(COUNTS.length)];
            boolean place = List.of("^", "$", "\\b", "(?i)s", "a|b").contains(atom);
            regex.append(atom).append(place ? "" : count);
        }
        Pattern pattern = Pattern.compile(regex.toString());
        var sieve = Sieve.of(regex.toString());
        for (int t = 0; t < 40 && sieve.isPresent(); t++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(TEXT.charAt(random.nextInt(TEXT.length())));
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            if (pattern.matcher(bytes).find()) {
                assertThat(mayMatch(sieve.get(), bytes))
                        .as("%s in %s", regex, text)
                        .isTrue();
            }
        }
    }

    /** It must say no where that is easy, or it would be of no use. */
    @ParameterizedTest
    @CsvSource({
        "key=[a-z]{4},         key=abc",
        "key=[a-z]{4},         ke=abcd",
        "(?i)TOKEN:\\d+,       token:",
        "a{3},                 aabaa",
        "x(ab|cd)y,            xacy",
        "[^a-z]q,              aq",
        "\\bfoo_[0-9]{8}\\b,   foo_1234567",
        "s(?-i:K)e,            ske",
    })
    void saysNo(String regex, String text) {
        assertThat(Pattern.compile(regex).matcher(text.getBytes(UTF_8)).find()).isFalse();
        assertThat(mayMatch(sieve(regex), text.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*",
                "",
                "\\bx?",
                "(a|b?)",
                "\\pL",
                "[[:^alpha:]]",
                "\\Qa\\E",
                "a{1001}",
                "(?:a{30}){30}{30}",
                "[",
                "(a",
                "a)",
                "\\C"
            })
    void isNotThereForWhatItDoesNotKnowOrWouldNotSiftOut(String regex) {
        assertThat(Sieve.of(regex)).isEmpty();
    }

    @Test
    void staysRightWhenItHasTooManyStates() {
        // Each text of a's and b's leads to a state of its own.
        Sieve sieve = sieve("a[ab]{22}c");
        Pattern pattern = Pattern.compile("a[ab]{22}c");
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < 60; k++) {
                text.append(random.nextInt(12) == 0 ? 'c' : random.nextBoolean() ? 'a' : 'b');
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            if (pattern.matcher(bytes).find()) {
                assertThat(mayMatch(sieve, bytes)).isTrue();
            }
        }
    }

    private static List<FileRule> gitleaks() throws IOException {
        return List.copyOf(
                RuleFile.read(SharedData.at("gitleaks/gitleaks.toml"), 0).values());
    }

    @Test
    void neverSaysNoToWhatTheRulesOfGitleaksFind() throws IOException {
        Random random = new Random(6);
        List<String> without = new ArrayList<>();
        int found = 0;
        int rules = 0;
        for (FileRule rule : gitleaks()) {
            if (!rule.isOfText()) {
                continue;
            }
            rules++;
            String regex = rule.regex().pattern();
            var sieve = Sieve.of(regex);
            if (sieve.isEmpty()) {
                without.add(rule.id());
                continue;
            }
            Regex read = RegexSyntax.read(regex).orElseThrow();
            boolean any = false;
            for (int i = 0; i < 60; i++) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                text.writeBytes("2026-11-26 INFO ".getBytes(UTF_8));
                write(read, random, text);
                text.writeBytes(i % 2 == 0 ? new byte[0] : " next".getBytes(UTF_8));
                byte[] bytes = text.toByteArray();
                if (rule.regex().matcher(bytes).find()) {
                    any = true;
                    assertThat(mayMatch(sieve.get(), bytes)).as(rule.id()).isTrue();
                }
            }
            found += any ? 1 : 0;
        }
        assertThat(without).containsExactly("curl-auth-header");
        assertThat(rules).isGreaterThan(200);
        // What was made by the syntax alone misses what a boundary or a look at both sides asks for; most have neither.
        assertThat(found).isGreaterThan(rules * 9 / 10);
    }

    /** A text by the regex; what is beyond ASCII is left out, since half a character is none. */
    private static void write(Regex regex, Random random, ByteArrayOutputStream out) {
        if (regex instanceof Regex.Bytes bytes) {
            BitSet printable = (BitSet) bytes.set().clone();
            printable.clear(0x80, 0x100);
            int[] members = printable.stream().toArray();
            if (members.length > 0) {
                out.write(members[random.nextInt(members.length)]);
            }
        } else if (regex instanceof Regex.Sequence sequence) {
            sequence.parts().forEach(part -> write(part, random, out));
        } else if (regex instanceof Regex.Choice choice) {
            boolean beyond = choice.options().get(1) instanceof Regex.Repeat repeat
                    && repeat.body() instanceof Regex.Bytes bytes
                    && bytes.set().nextSetBit(0) >= 0x80;
            write(
                    choice.options()
                            .get(beyond ? 0 : random.nextInt(choice.options().size())),
                    random,
                    out);
        } else if (regex instanceof Regex.Repeat repeat) {
            int more = repeat.max() < 0 ? 3 : repeat.max() - repeat.min();
            for (int i = repeat.min() + (more == 0 ? 0 : random.nextInt(Math.min(more, 8) + 1)); i > 0; i--) {
                write(repeat.body(), random, out);
            }
        }
    }

    @Test
    void findsInRealLogLinesWhatTheRegexesFind() throws IOException {
        List<FileRule> rules = gitleaks();
        List<byte[]> lines = new ArrayList<>();
        try (Stream<Path> logs = Files.list(SharedData.at("loghub"))) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                List<String> all = Files.readAllLines(log, ISO_8859_1);
                for (int i = 0; i < all.size(); i += 100) {
                    lines.add(all.get(i).getBytes(UTF_8));
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(100);
        for (FileRule rule : rules.stream().filter(FileRule::isOfText).toList()) {
            Sieve.of(rule.regex().pattern())
                    .ifPresent(sieve -> lines.stream()
                            .filter(line -> !mayMatch(sieve, line))
                            .forEach(line -> assertThat(
                                            rule.regex().matcher(line).find())
                                    .as(rule.id())
                                    .isFalse()));
        }
    }

    @Test
    void knowsUtf8() {
        byte[] good = "a\u00e9\u20ac\ud83d\ude00".getBytes(UTF_8);
        assertThat(Utf8.isValid(good, 0, good.length)).isTrue();
        assertThat(Utf8.isValid(good, 0, good.length - 1)).isFalse();
        for (int lead : new int[] {0x80, 0xc0, 0xc1, 0xf8, 0xff}) {
            assertThat(Utf8.isValid(new byte[] {(byte) lead, (byte) 0x80, 'a'}, 0, 3))
                    .isFalse();
        }
        assertThat(Utf8.isValid(new byte[] {(byte) 0xe0, (byte) 0x81, (byte) 0xa1}, 0, 3))
                .isFalse();
    }

    @Test
    void whatIsNoUtf8GoesToTheRegexAsItIs(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("rules.toml"), "[[rules]]\nid='r'\nregex='key=a.b'\nkeywords=['key']\n");
        Redactor redactor = Redactor.builder().rules(Rules.read(file)).build();
        // The first byte begins a character of three; the two behind it do not go on with it, but RE2/J does not look.
        byte[] odd = {'k', 'e', 'y', '=', 'a', (byte) 0xe2, 'A', 'B', 'b'};
        assertThat(Pattern.compile("key=a.b").matcher(odd).find()).isTrue();
        assertThat(new String(redactor.redact(odd), UTF_8)).isEqualTo("[REDACTED:r]");
    }
}
