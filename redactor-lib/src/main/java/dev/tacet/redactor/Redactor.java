package dev.tacet.redactor;

import dev.tacet.redactor.match.Matcher;
import dev.tacet.redactor.match.MatcherBuilder;
import dev.tacet.redactor.match.Ready;
import dev.tacet.redactor.match.Span;
import dev.tacet.redactor.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Replaces known values in bytes by masks, whatever form they were printed in.
 *
 * <p>Immutable: any number of threads may use one, and a rotation makes a new one. Time grows with the length of the input
 * and hardly with the number of values. It holds no value, only keyed fingerprints, and gives none back.
 *
 * <p>Not covered: a value cut short, split over two calls, or in a form not listed in the module's README.
 */
public final class Redactor {
    private static final Redactor NONE = builder().build();

    private final Matcher matcher;
    private final List<Finding> findings;
    private final List<byte[]> masks;
    private final List<String> ignored;

    private Redactor(Matcher matcher, List<Finding> findings, List<byte[]> masks, List<String> ignored) {
        this.matcher = matcher;
        this.findings = findings;
        this.masks = masks;
        this.ignored = ignored;
    }

    /** A redactor that knows no values. */
    public static Redactor none() {
        return NONE;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@code input} with a mask in the place of each value.
     *
     * <p>Text is expected in UTF-8 or ASCII; other bytes do no harm. Bytes outside the masks stay as they are, and what was
     * one JSON object or array, or one a line, is so afterwards.
     *
     * @return the very array that was given when it holds no value, and then without an allocation; else a new one
     */
    public byte[] redact(byte[] input) {
        List<Span> spans = matcher.find(input);
        return spans.isEmpty() ? input : masked(input, 0, input.length, spans);
    }

    /**
     * The same, and tells what was masked.
     *
     * @param found called once for each mask, in order, on this thread, before this method returns
     */
    public byte[] redact(byte[] input, Consumer<Finding> found) {
        List<Span> spans = matcher.find(input);
        if (spans.isEmpty()) {
            return input;
        }
        spans.forEach(span -> found.accept(findings.get(span.id())));
        return masked(input, 0, input.length, spans);
    }

    /**
     * For streams, whose pieces end anywhere: what may go out now. However a stream is cut into pieces, what goes out is the same altogether.
     *
     * <p>What is kept back is what may be the beginning of a value or token, in whatever encoding, and a line of at most 64 KiB that may
     * become a JSON object or array. JSON is kept valid in such lines alone.
     *
     * @param input what went out already, as it came in, {@link Part#CONTEXT} bytes of it or as many as there were; then all that did not
     *     go out yet
     * @param from where the latter begins
     * @param last whether nothing follows; then all goes out, and the beginning of a value that is long enough is masked
     * @param found called once for each mask that goes out, in order, on this thread, before this method returns
     */
    public Part part(byte[] input, int from, boolean last, Consumer<Finding> found) {
        Ready ready = matcher.ready(input, from, last);
        ready.spans().forEach(span -> found.accept(findings.get(span.id())));
        return new Part(masked(input, from, ready.end(), ready.spans()), ready.end());
    }

    /** The same for text, by way of its UTF-8 bytes; the very string that was given when it holds no value. */
    public String redact(String input) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        byte[] redacted = redact(bytes);
        return bytes == redacted ? input : new String(redacted, StandardCharsets.UTF_8);
    }

    /** The names of the values that are too short or too common to be looked for, each once, in order; for a warning. */
    public List<String> ignored() {
        return ignored;
    }

    /** The bytes of {@code input} between two places, with masks. */
    private byte[] masked(byte[] input, int start, int end, List<Span> spans) {
        int length = end - start;
        for (Span span : spans) {
            length += span.start() - span.end() + masks.get(span.id()).length + (span.quoted() ? 2 : 0);
        }
        byte[] out = new byte[length];
        int from = start;
        int to = 0;
        for (Span span : spans) {
            int kept = span.start() - from;
            System.arraycopy(input, from, out, to, kept);
            to += kept;
            to = write(masks.get(span.id()), span.quoted(), out, to);
            from = span.end();
        }
        System.arraycopy(input, from, out, to, end - from);
        return out;
    }

    private static int write(byte[] mask, boolean quoted, byte[] out, int at) {
        int to = at;
        if (quoted) {
            out[to++] = '"';
        }
        System.arraycopy(mask, 0, out, to, mask.length);
        to += mask.length;
        if (quoted) {
            out[to++] = '"';
        }
        return to;
    }

    @Override
    public String toString() {
        return "Redactor";
    }

    /** Gathers values. Not for threads to share. */
    public static final class Builder {
        private final List<Needle> needles = new ArrayList<>();
        private Rules rules = Rules.none();
        private boolean foldCase;

        private Builder() {}

        /** Looks for tokens by their shape too. */
        public Builder rules(Rules rules) {
            this.rules = Objects.requireNonNull(rules, "rules");
            return this;
        }

        /**
         * Looks for values of 16 bytes and more all in lower and all in upper case too, as header names in HTTP/2 and host names come out; not by
         * default.
         */
        public Builder foldCase(boolean fold) {
            this.foldCase = fold;
            return this;
        }

        /** Looks for one value, unless its sensitivity says otherwise. */
        public Builder needle(Needle needle) {
            needles.add(Objects.requireNonNull(needle, "needle"));
            return this;
        }

        /** Looks for several values. */
        public Builder needles(Collection<Needle> several) {
            several.forEach(this::needle);
            return this;
        }

        /** Looks for a value whose mask shows {@code name}, if it is long enough. */
        public Builder secret(String name, SecretValue value) {
            return needle(new Needle(name, "", value, Sensitivity.AUTO));
        }

        /** Compiles the values: microseconds for each of ordinary length, up to a second for a binary one of a mebibyte. */
        public Redactor build() {
            // By name, so that the same values give the same masks in whatever order they were read.
            SortedMap<String, List<Needle>> byName = new TreeMap<>();
            for (Needle needle : needles) {
                if (isWanted(needle)) {
                    byName.computeIfAbsent(new Mask(needle.name()).name(), name -> new ArrayList<>())
                            .add(needle);
                }
            }
            MatcherBuilder matcher = new MatcherBuilder(new SecureRandom().nextLong());
            matcher.foldCase(foldCase);
            List<Finding> findings = new ArrayList<>();
            rules.names().forEach(rule -> findings.add(new Finding(new Mask(rule).name(), "", Finding.Kind.RULE)));
            rules.detectors().forEach(matcher::add);
            List<String> ignored = new ArrayList<>();
            byName.forEach((name, same) -> {
                boolean allFound = true;
                for (Needle needle : same) {
                    boolean always = needle.sensitivity() == Sensitivity.ALWAYS;
                    byte[] value = needle.value().reveal();
                    allFound &= (always || !Ordinary.isValue(value)) && matcher.add(findings.size(), value, always);
                    findings.add(new Finding(name, needle.version(), Finding.Kind.VALUE));
                }
                if (!allFound) {
                    ignored.add(name);
                }
            });
            // After all values themselves: of two that share a form, the one added first keeps it.
            int id = rules.names().size();
            for (List<Needle> same : byName.values()) {
                for (Needle needle : same) {
                    for (SecretValue part : Registration.beside(needle.value())) {
                        matcher.add(id, part.reveal(), false);
                    }
                    id++;
                }
            }
            List<byte[]> masks = findings.stream()
                    .map(finding -> new Mask(finding.name()).text().getBytes(StandardCharsets.US_ASCII))
                    .toList();
            return new Redactor(matcher.build(), List.copyOf(findings), masks, List.copyOf(ignored));
        }

        /** A value that is unwanted is not even warned of. */
        private static boolean isWanted(Needle needle) {
            return switch (needle.sensitivity()) {
                case ALWAYS -> true;
                case NEVER -> false;
                case AUTO -> !Ordinary.isName(needle.name());
            };
        }
    }
}
