package dev.tacet.sidecar.config;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Mustache template of values and conditions only: {@code {{db/password}}} is a value, and what stands between
 * {@code {{#db}}} and {@code {{/db}}} is there when the secret is, between {@code {{^db}}} and {@code {{/db}}} when it is
 * not. Nothing in it can call code or read another file. A template that holds such braces itself sets other delimiters
 * first, as Mustache has it.
 *
 * <p>Every value is escaped, those in three braces too: a template cannot ask for less than its file declares. The
 * engine works on strings, which nobody can erase: a value in a template stays in memory until it is collected.
 */
public final class TemplateText {
    private static final String OPEN = "{{";

    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().escapeHTML(false).strictSections(true).withCollector(new Fields());

    private final String text;
    private final Set<String> values;
    private final Set<String> conditions;

    private TemplateText(String text, Set<String> values, Set<String> conditions) {
        this.text = text;
        this.values = values;
        this.conditions = conditions;
    }

    /**
     * Parses a template. Its names are not looked up.
     *
     * @throws MustacheException when it is none; its message may quote the text
     */
    static TemplateText parse(String text) {
        Names names = new Names(!text.contains(OPEN + "="));
        COMPILER.compile(text).visit(names);
        return new TemplateText(text, Set.copyOf(names.values), Set.copyOf(names.conditions));
    }

    /** The template itself. */
    public String text() {
        return text;
    }

    /** The names of the values in it: {@code db/password}. */
    public Set<String> values() {
        return values;
    }

    /** The names of the conditions in it: {@code db}. */
    Set<String> conditions() {
        return conditions;
    }

    /** The line on which a name first stands, for complaints. */
    int line(String name) {
        return (int) text.substring(0, Math.max(0, text.indexOf(name)))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }

    /**
     * The template, filled.
     *
     * @param given the values by name
     * @param present the names of the secrets that are there
     * @param escape makes of a value what is written
     * @return nothing when a value is missing outside of a condition
     */
    public Optional<String> fill(
            Map<String, CharSequence> given, Set<String> present, Function<CharSequence, String> escape) {
        try {
            return Optional.of(COMPILER.withFormatter(value -> escape.apply((CharSequence) value))
                    .compile(text)
                    .execute(new Filling(given, present, conditions)));
        } catch (MustacheException.Context e) {
            // It names what is missing, and holds no value.
            return Optional.empty();
        }
    }

    private record Filling(Map<String, CharSequence> values, Set<String> present, Set<String> conditions) {
        Object get(String name) {
            CharSequence value = values.get(name);
            if (value != null) {
                return value;
            }
            return conditions.contains(name) ? (Object) present.contains(name) : Template.NO_FETCHER_FOUND;
        }
    }

    /** The engine's own collector looks for fields and methods of what it is given; this one knows names only. */
    private static final class Fields implements Mustache.Collector {
        @Override
        public @Nullable Iterator<?> toIterator(Object value) {
            return null;
        }

        @Override
        public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Filling ? (filling, wanted) -> ((Filling) filling).get(wanted) : null;
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    private static final class Names implements Mustache.Visitor {
        private final boolean usualDelimiters;
        private final Set<String> values = new LinkedHashSet<>();
        private final Set<String> conditions = new LinkedHashSet<>();

        Names(boolean usualDelimiters) {
            this.usualDelimiters = usualDelimiters;
        }

        /** The engine takes a tag that does not end for text. */
        @Override
        public void visitText(String text) {
            if (usualDelimiters && text.contains(OPEN)) {
                throw new MustacheException("a tag does not end");
            }
        }

        @Override
        public void visitVariable(String name) {
            values.add(name);
        }

        @Override
        public boolean visitInclude(String name) {
            throw new MustacheException("includes are not taken");
        }

        @Override
        public boolean visitParent(String name) {
            throw new MustacheException("parents are not taken");
        }

        @Override
        public boolean visitBlock(String name) {
            throw new MustacheException("blocks are not taken");
        }

        @Override
        public boolean visitSection(String name) {
            conditions.add(name);
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            conditions.add(name);
            return true;
        }
    }
}
