package dev.tacet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecallTest {

    @Test
    void everyProbeHoldsWhatIsToBeHidden() {
        assertThat(Tokens.probes(1)).allMatch(probe -> probe.text().contains(probe.core()));
        for (String value : Values.of(100)) {
            assertThat(Spelling.all(value).values())
                    .allMatch(probe -> probe.text().contains(probe.core()));
        }
    }

    @Test
    void whoMasksNothingFindsNothingAndWhoMasksAllFindsAll() {
        Recall none = Recall.of(text -> text);
        Recall all = Recall.of(text -> "");

        assertThat(none.values()).isZero();
        assertThat(none.tokens()).isZero();
        assertThat(none.falseMasks()).isZero();
        assertThat(all.values()).isEqualTo(1);
        assertThat(all.tokens()).isEqualTo(1);
        assertThat(all.falseMasks()).isEqualTo(16_000);
    }

    @Test
    void anExactMatcherFindsTheFormsThatItWasGiven() {
        List<Spelling> plain = Values.of(100).stream()
                .map(value -> new Spelling("a " + value + " b", value))
                .toList();

        assertThat(Recall.share(Contenders.indexOf(100)::mask, plain)).isEqualTo(1);
        assertThat(Recall.share(Contenders.ahoCorasick(100)::mask, plain)).isEqualTo(1);
        assertThat(Recall.share(new RedactorContender(Contenders.exact(100))::mask, plain))
                .isEqualTo(1);
    }

    @Test
    void regexesFindATokenBetweenSpacesInBothEngines() {
        for (String token : Tokens.kinds(new Random(1))) {
            List<Spelling> probe = List.of(new Spelling("using " + token + " now", token));
            assertThat(Recall.share(KeywordRegexes.re2j()::mask, probe)).isEqualTo(1);
            assertThat(Recall.share(KeywordRegexes.javaUtilRegex()::mask, probe))
                    .isEqualTo(1);
        }
    }

    @Test
    void theKeywordFilterFindsWhatSearchingForEachWordFinds() {
        List<String> words = GitleaksFile.keywords();
        KeywordFilter filter = new KeywordFilter(words);
        BitSet found = new BitSet();
        for (String text : Corpus.texts().subList(0, 500)) {
            filter.find(text + " x" + words.get(text.length() % words.size()).toUpperCase(Locale.ROOT), found);
            BitSet expected = new BitSet();
            String lower = (text + " x" + words.get(text.length() % words.size())).toLowerCase(Locale.ROOT);
            for (int i = 0; i < words.size(); i++) {
                expected.set(i, lower.contains(words.get(i)));
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void aKeptRunOfEightCharactersIsALeak() {
        List<Spelling> probe = List.of(new Spelling("x 0123456789 y", "0123456789"));

        assertThat(Recall.share(text -> text.replace("012", "***"), probe)).isEqualTo(1);
        assertThat(Recall.share(text -> text.replace("01", "***"), probe)).isZero();
    }
}
