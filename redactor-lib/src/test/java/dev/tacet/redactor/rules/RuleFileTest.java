package dev.tacet.redactor.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Part;
import dev.tacet.redactor.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of files in gitleaks' format; row 77 of the leak vectors. */
final class RuleFileTest {
    @TempDir
    private Path directory;

    private Redactor redactor(String toml) throws IOException {
        return Redactor.builder().rules(Rules.read(file("rules.toml", toml))).build();
    }

    private Path file(String name, String toml) throws IOException {
        return Files.writeString(directory.resolve(name), toml);
    }

    private static final String RULE =
            "[[rules]]\nid = 'acme'\nregex = '''acme_([a-z0-9]{8})(?:[\\x60'\"\\s;]|\\\\[nr]|$)'''\nkeywords = ['ACME_']\n";

    @Test
    void masksTheSecretGroupAlone() throws IOException {
        Redactor redactor = redactor(RULE);
        assertThat(redactor.redact("x acme_a1b2c3d4 y")).isEqualTo("x acme_[REDACTED:acme] y");
        assertThat(redactor.redact("acme_a1b2c3d4")).isEqualTo("acme_[REDACTED:acme]");
        assertThat(redactor.redact("one acme_a1b2c3d4\ntwo acme_zzzzzzz9\n"))
                .isEqualTo("one acme_[REDACTED:acme]\ntwo acme_[REDACTED:acme]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"T, x", "f(T)", "[T]", "{k=T, l}", "?t=T&u", "<T>", "T.", "T: x", "T%0A", "\\\"T\\\"", "T\\n"})
    void widensTheBoundaryForLogs(String around) throws IOException {
        assertThat(redactor(RULE).redact(around.replace("T", "acme_a1b2c3d4")))
                .isEqualTo(around.replace("T", "acme_[REDACTED:acme]"));
    }

    @Test
    void aKeywordIsPartOfTheMeaning() throws IOException {
        Redactor redactor = redactor("[[rules]]\nid='hex'\nregex='''[0-9a-f]{40}'''\nkeywords=['Sauce']\n");
        String hex = "0123456789abcdef0123456789abcdef01234567";
        assertThat(redactor.redact("commit " + hex)).isEqualTo("commit " + hex);
        assertThat(redactor.redact("SAUCE " + hex)).isEqualTo("SAUCE [REDACTED:hex]");
        assertThat(redactor.redact("sauce\n" + hex)).isEqualTo("sauce\n" + hex);
    }

    @Test
    void entropyAndAllowlists() throws IOException {
        String rule = "[[rules]]\nid='e'\nregex='''k=(\\w+)'''\nkeywords=['k=']\nentropy=2.5\n";
        assertThat(redactor(rule).redact("k=aaaaaaaa k=a1b2c3d4")).isEqualTo("k=aaaaaaaa k=[REDACTED:e]");
        assertThat(redactor(rule + "[[rules.allowlists]]\nregexes=['^a1']\n").redact("k=a1b2c3d4 k=z1b2c3d4"))
                .isEqualTo("k=a1b2c3d4 k=[REDACTED:e]");
        assertThat(redactor(rule + "[[rules.allowlists]]\nregexTarget='line'\nregexes=['fine']\n")
                        .redact("k=a1b2c3d4 fine"))
                .isEqualTo("k=a1b2c3d4 fine");
        assertThat(redactor(rule + "[[rules.allowlists]]\nstopwords=['B2C3']\n").redact("k=a1b2c3d4"))
                .isEqualTo("k=a1b2c3d4");
        assertThat(redactor(rule + "[[rules.allowlists]]\ncondition='AND'\nstopwords=['b2']\nregexes=['^z']\n")
                        .redact("k=a1b2c3d4 k=z1b2c3d4"))
                .isEqualTo("k=[REDACTED:e] k=z1b2c3d4");
        assertThat(redactor(rule + "[[rules.allowlists]]\npaths=['.*']\n").redact("k=a1b2c3d4"))
                .isEqualTo("k=[REDACTED:e]");
        assertThat(redactor(rule + "[allowlist]\nstopwords=['b2']\n").redact("k=a1b2c3d4"))
                .isEqualTo("k=a1b2c3d4");
        assertThat(redactor(rule + "[[allowlists]]\ntargetRules=['other']\nstopwords=['b2']\n")
                        .redact("k=a1b2c3d4"))
                .isEqualTo("k=[REDACTED:e]");
    }

    @Test
    void extendsAnotherFile() throws IOException {
        file("base.toml", RULE + "[[rules]]\nid='b'\nregex='bbbb_\\w+'\nkeywords=['bbbb_']\n");
        Redactor redactor =
                redactor("[extend]\npath='base.toml'\ndisabledRules=['b']\n[[rules]]\nid='c'\nregex='cccc_\\w+'\n");
        assertThat(redactor.redact("acme_a1b2c3d4 bbbb_1 cccc_1"))
                .isEqualTo("acme_[REDACTED:acme] bbbb_1 [REDACTED:c]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[rules]]@regex='x' | line 1: a rule has no id",
                "[[rules]]@id='a' | rule a: it has no regex",
                "[[rules]]@id='a'@regex='(x' | rule a: regex: not in the syntax of RE2",
                "[[rules]]@id='a'@regex='(?=x)' | rule a: regex: not in the syntax of RE2",
                "[[rules]]@id='a'@regex='(x)\\1' | rule a: regex: not in the syntax of RE2",
                "[[rules]]@id='a'@regex='x'@secretGroup=1 | rule a: secretGroup: the regex has 0 groups",
                "[[rules]]@id='a'@regex='x'@colour='red' | line 4: rule a: unknown key colour; known are",
                "[[rules]]@id='a'@regex='x'@keywords='k' | rule a: keywords: a list is expected",
                "[[rules]]@id='a'@regex='x'@entropy='high' | rule a: entropy: a number",
                "[[rules]]@id='a'@regex='x'@[[rules.required]]@id='b' | rule a: required",
                "[[rules]]@id='a'@regex='x'@[[rules.allowlists]]@regexTarget='file' | rule a: regexTarget: one of",
                "[extend]@useDefault=true | useDefault: gitleaks' own rules are not part",
                "[extend]@path='rules.toml' | extends others more than",
                "rules = 3 | rules: a list is expected",
                "[[rules] | line 1, column",
            })
    void refusesWhatItCannotHonour(String toml, String told) throws IOException {
        Path file = file("rules.toml", toml.replace('@', '\n'));
        assertThatThrownBy(() -> Rules.read(file))
                .isInstanceOf(RuleFileException.class)
                .hasMessageContaining("rules.toml")
                .hasMessageContaining(told);
    }

    @Test
    void loadsAllOfGitleaks() throws IOException {
        Rules rules = Rules.read(SharedData.at("gitleaks/gitleaks.toml"));
        assertThat(rules.names()).hasSize(222).contains("github-pat", "generic-api-key", "private-key");
        Redactor redactor = Redactor.builder().rules(rules).build();
        assertThat(redactor.redact("f(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, 1)"))
                .isEqualTo("f([REDACTED:github-pat], 1)");
    }

    /** Lines that hold no secret: keywords are in many, and nothing is masked in any. */
    @Test
    void gitleaksRulesOnRealLogs() throws IOException {
        Redactor redactor = Redactor.builder()
                .rules(Rules.read(SharedData.at("gitleaks/gitleaks.toml")))
                .build();
        Map<String, Integer> masks = new TreeMap<>();
        try (Stream<Path> files = Files.list(SharedData.at("loghub"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                for (String line : Files.readString(file, ISO_8859_1).split("\n", -1)) {
                    redactor.redact(line.getBytes(ISO_8859_1), finding -> masks.merge(finding.name(), 1, Integer::sum));
                }
            }
        }
        System.out.println("gitleaks' rules on 16,000 lines of real logs: " + masks);
        assertThat(masks).isEmpty();
    }

    @Test
    void row77_nestedQuantifiersAndLongLinesAreLinear() throws IOException {
        Redactor redactor = redactor("[[rules]]\nid='r'\nregex='''(?:(?:a+)+)+b'''\n");
        byte[] long1 = "a".repeat(1 << 20).getBytes(UTF_8);
        assertThat(redactor.redact(long1)).isSameAs(long1);
        byte[] found = ("a".repeat(1000) + "b").getBytes(UTF_8);
        assertThat(new String(redactor.redact(found), UTF_8)).isEqualTo("[REDACTED:r]");
    }

    @Test
    void row77_overTheBudgetTheRestIsMaskedWhole() throws IOException {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            // Between two letters is no boundary; but that only the regex itself sees.
            rules.append("[[rules]]\nid='r").append(i).append("'\nregex='a\\ba'\n");
        }
        Redactor redactor = redactor(rules.toString());
        List<Finding> found = new ArrayList<>();
        byte[] input = "a".repeat(400_000).getBytes(UTF_8);
        assertThat(new String(redactor.redact(input, found::add), UTF_8)).matches("a*\\[REDACTED:r\\d+]");
        assertThat(found).hasSize(1);
    }

    @Test
    void splitsChangeNothing() throws IOException {
        Redactor redactor = redactor(RULE);
        byte[] text = "one acme_a1b2c3d4, two\nacme_ acme_b2c3d4e5\nthree acm and acme_c3d4e5f6".getBytes(UTF_8);
        String whole = redactor.redact(new String(text, UTF_8));
        assertThat(whole).contains("[REDACTED:acme], two", "and acme_[REDACTED:acme]");
        for (int cut = 0; cut <= text.length; cut++) {
            Part first = redactor.part(Arrays.copyOf(text, cut), 0, false, finding -> {});
            Part second = redactor.part(text, first.end(), true, finding -> {});
            assertThat(new String(first.out(), UTF_8) + new String(second.out(), UTF_8))
                    .isEqualTo(whole);
        }
    }
}
