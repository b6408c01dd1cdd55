package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tacet.redactor.logback.RedactingEncoder;
import dev.tacet.redactor.stream.RedactingOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random values, spelled by encoders that are not ours, at random places: whatever the sink, no six bytes in a row are left of one after the
 * output has been decoded twice in every way, what is around it is untouched, and JSON stays JSON.
 *
 * <p>{@code tacet.placements} says how many are tried, {@code tacet.seed} repeats a run.
 */
final class ForeignEncodersTest {
    private static final String MASK = "[REDACTED:s]";
    private static final String HERE = "{}";
    private static final int VALUES = 40;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> BEFORE =
            List.of("", "2026-11-26 INFO login: ", "k=", "[", "<", "\"", "one line\nand another ", "(\u00e9) ");
    private static final List<String> AFTER = List.of("", " ok", "\n", "]", "&l=n", "\"", ", next", "\r\nlast line\n");

    @TempDir
    private Path directory;

    // The same in every ordinary run, so that it fails for a change and not by chance; the nightly one draws another
    // each time.
    private final long seed =
            Long.getLong("tacet.seed", Boolean.getBoolean("tacet.nightly") ? System.nanoTime() : 20_261_126);
    private final int wanted = Integer.getInteger("tacet.placements", 100_000);
    // By what is wrong, the lengths of values and of what they were encoded to.
    private final Map<String, List<String>> misses = new TreeMap<>();
    private int placed;

    /**
     * A value, and a text that some encoder made of it.
     *
     * @param again makes the same of another value, with the same around it
     */
    private record Spelled(String value, String encoder, int depth, String text, UnaryOperator<String> again) {
        /** Names no value. */
        String describe() {
            return encoder + " of a value of " + value.length() + " characters, " + text.length() + " when encoded";
        }
    }

    @Test
    void nothingIsLeftOfAValueWhoeverEncodedIt() throws Exception {
        System.out.println("ForeignEncodersTest: " + wanted + " placements, -Dtacet.seed=" + seed);
        ForeignTools tools = new ForeignTools(directory);
        for (long round = 0; placed < wanted; round++) {
            round(new SplittableRandom(seed + round), tools);
        }
        misses.forEach((what, lengths) -> System.out.println(
                what + ": " + lengths.size() + " times, lengths " + lengths.subList(0, Math.min(8, lengths.size()))));
        assertThat(misses.keySet()).as("-Dtacet.seed=" + seed).isEmpty();
    }

    private void round(SplittableRandom random, ForeignTools tools) throws Exception {
        RandomValues values = new RandomValues(random);
        Redactor.Builder builder = Redactor.builder();
        List<String> all = new ArrayList<>();
        List<String> around = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            String value = values.value();
            builder.secret("s", SecretValue.ofUtf8(value));
            all.add(value);
            around.add(values.around() + HERE + values.around());
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            texts.add(around.get(i).replace(HERE, all.get(i)));
        }
        Redactor redactor = builder.build();
        List<Spelled> spelled = new ArrayList<>();
        for (Map.Entry<String, List<String>> tool : tools.encode(texts).entrySet()) {
            for (int i = 0; i < VALUES; i++) {
                String here = around.get(i);
                UnaryOperator<String> again = other -> tools.encode(List.of(here.replace(HERE, other)))
                        .get(tool.getKey())
                        .get(0);
                spelled.add(new Spelled(
                        all.get(i), tool.getKey(), 1, tool.getValue().get(i), again));
            }
        }
        for (int i = 0; i < VALUES; i++) {
            String value = all.get(i);
            String here = around.get(i);
            for (ForeignEncoder encoder : ForeignEncoder.ALL) {
                UnaryOperator<String> once = other -> encoder.encode().apply(here.replace(HERE, other));
                spelled.add(new Spelled(value, encoder.name(), encoder.depth(), once.apply(value), once));
                ForeignEncoder outer = values.oneOf(ForeignEncoder.ALL);
                if (outer.mayTake(encoder)) {
                    String before = values.around();
                    String after = values.around();
                    UnaryOperator<String> twice = other -> outer.encode().apply(before + once.apply(other) + after);
                    String name = outer.name() + " of " + encoder.name();
                    spelled.add(new Spelled(value, name, outer.depth() + encoder.depth(), twice.apply(value), twice));
                }
            }
        }
        Sinks sinks = new Sinks(redactor, values);
        for (Spelled one : spelled) {
            place(one, values, sinks);
        }
    }

    private void place(Spelled spelled, RandomValues values, Sinks sinks) throws IOException {
        Set<Long> grams = grams(latin(spelled.value()));
        String whole = latin(spelled.value());
        assertThat(NaiveDecoders.any(latin(spelled.text()), spelled.depth(), view -> view.contains(whole)))
                .as("holds the value before: %s", spelled.describe())
                .isTrue();
        String before = values.oneOf(BEFORE);
        String after = values.oneOf(AFTER);
        if (after.startsWith("\"") && spelled.text().endsWith("\\")) {
            after = ""; // the two would be one escape, and a mask takes an escape as a whole: its edge is no news
        }
        check(spelled, grams, sinks.text(before + spelled.text() + after), before, after);
        check(spelled, grams, sinks.stream(before + spelled.text() + after), before, after);
        check(spelled, grams, sinks.encoder(before + spelled.text() + after), before, after);
        if (spelled.depth() < 2) {
            String document = ForeignEncoder.document(spelled.text());
            check(spelled, grams, sinks.text(document), "{", "}");
            check(spelled, grams, sinks.stream(document), "{", "}");
        }
    }

    /** What a sink was given and what it made of it. */
    private record Written(String sink, String input, String output) {}

    private void check(Spelled spelled, Set<Long> grams, Written written, String before, String after) {
        placed++;
        String output = latin(written.output());
        record(spelled, written, "no mask", output.contains(MASK));
        record(spelled, written, "a part is left", left(spelled, grams, output).isEmpty());
        boolean kept = written.output().startsWith(before) && written.output().endsWith(after);
        record(spelled, written, "what is around is changed", kept && isInputButForMasks(written));
        boolean document = written.input().startsWith("{") || written.input().startsWith("[");
        record(spelled, written, "JSON no more", !document || !isJson(written.input()) || isJson(written.output()));
    }

    /** Tells of encoders and lengths, never of a text: that may show a value. */
    private void record(Spelled spelled, Written written, String wrong, boolean well) {
        if (!well) {
            misses.computeIfAbsent(wrong + ": " + spelled.encoder() + ", " + written.sink(), key -> new ArrayList<>())
                    .add(spelled.value().length() + "/" + spelled.text().length());
        }
    }

    /** Whether all between the masks is in the input, in that order; a mask may have brought its quotes. */
    private static boolean isInputButForMasks(Written written) {
        String input = written.input();
        int from = 0;
        for (String piece : written.output().split(Pattern.quote(MASK), -1)) {
            int at = input.indexOf(piece, from);
            if (at < 0) {
                String bare = piece.replaceAll("^\"|\"$", "");
                at = input.indexOf(bare, from);
                from = at + bare.length();
            } else {
                from = at + piece.length();
            }
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (JacksonException broken) {
            return false;
        }
    }

    /** One character a byte. */
    private static String latin(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static Set<Long> grams(String value) {
        Set<Long> grams = new HashSet<>();
        forEachGram(value, grams::add);
        return grams;
    }

    /** What is left of a value in an output, save what is there by chance: with another value in the same place, too. */
    private static Set<Long> left(Spelled spelled, Set<Long> grams, String output) {
        Set<Long> left = new HashSet<>();
        NaiveDecoders.any(output, 2, view -> {
            forEachGram(view, gram -> {
                if (grams.contains(gram)) {
                    left.add(gram);
                }
            });
            return false;
        });
        if (!left.isEmpty()) {
            String other = "Q".repeat(spelled.value().getBytes(UTF_8).length);
            NaiveDecoders.any(latin(spelled.again().apply(other)), 2, view -> {
                forEachGram(view, left::remove);
                return left.isEmpty();
            });
        }
        return left;
    }

    private static void forEachGram(String text, Consumer<Long> each) {
        for (int i = 0; i + 6 <= text.length(); i++) {
            each.accept(gram(text, i));
        }
    }

    private static long gram(String text, int at) {
        long gram = 0;
        for (int i = at; i < at + 6; i++) {
            gram = gram << 8 | (text.charAt(i) & 0xff);
        }
        return gram;
    }

    /** The ways out that a text may take. */
    private static final class Sinks {
        private final Redactor redactor;
        private final RandomValues values;
        private final LoggerContext context = new LoggerContext();
        private final RedactingEncoder<ILoggingEvent> encoder = new RedactingEncoder<>();

        Sinks(Redactor redactor, RandomValues values) {
            this.redactor = redactor;
            this.values = values;
            PatternLayoutEncoder layout = new PatternLayoutEncoder();
            layout.setContext(context);
            layout.setCharset(UTF_8);
            layout.setPattern("%msg");
            layout.start();
            encoder.setContext(context);
            encoder.setEncoder(layout);
            encoder.setRedactor(() -> redactor);
            encoder.start();
        }

        Written text(String text) {
            return new Written("redact", text, new String(redactor.redact(text.getBytes(UTF_8)), UTF_8));
        }

        Written stream(String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (RedactingOutputStream stream = new RedactingOutputStream(out, () -> redactor)) {
                int from = 0;
                for (int cut : values.cuts(bytes.length)) {
                    stream.write(bytes, from, cut - from);
                    stream.flush();
                    from = cut;
                }
                stream.write(bytes, from, bytes.length - from);
            }
            return new Written("stream", text, out.toString(UTF_8));
        }

        Written encoder(String text) {
            LoggingEvent event = new LoggingEvent();
            event.setLoggerContext(context);
            event.setLoggerName("app.Service");
            event.setLevel(Level.INFO);
            event.setMessage(text);
            return new Written("encoder", text, new String(encoder.encode(event), UTF_8));
        }
    }
}
