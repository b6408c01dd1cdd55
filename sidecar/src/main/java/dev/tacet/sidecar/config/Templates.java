package dev.tacet.sidecar.config;

import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a file's template, and fills it on trial: what is wrong with it whatever the values are is found at the start. */
final class Templates {
    private static final int LARGEST = 1 << 20;
    private static final Pattern LINE = Pattern.compile("line ([0-9]+)");
    /** Stands for a value where none is there yet: right between quotes, and where a number is meant. */
    private static final String TRIAL = "1";

    private final References references;
    private final Paths paths;

    Templates(References references, Paths paths) {
        this.references = references;
        this.paths = paths;
    }

    FileSettings.Template read(Section section) {
        if (section.has("template") == section.has("template-file")) {
            throw section.wrong("template", "exactly one template is needed", "give template or template-file");
        }
        String key = section.has("template") ? "template" : "template-file";
        Optional<Path> file = section.has("template")
                ? Optional.empty()
                : Optional.of(paths.path(section, "template-file", "/etc/tacet/app.tmpl"));
        TemplateText template =
                parse(section, key, file.map(it -> content(section, it)).orElseGet(() -> inline(section)));
        FileSettings.Escape escape = escape(section);
        for (String name : template.values()) {
            references.fault(name).ifPresent(fault -> {
                throw section.wrong(key, place(template, name) + fault.what(), fault.hint());
            });
        }
        for (String name : template.conditions()) {
            if (!references.isSecret(name)) {
                throw section.wrong(
                        key,
                        place(template, name) + "no such secret",
                        "a condition is a secret's name: {{#db}}…{{/db}}");
            }
        }
        tryOut(section, key, template, escape);
        return new FileSettings.Template(template, escape, file);
    }

    private static FileSettings.Escape escape(Section section) {
        // No default: whichever it was, files of the other kinds would be broken by some value, some day.
        section.text("escape", "json, yaml, xml, properties, shell or none");
        return section.choice("escape", FileSettings.Escape.class, FileSettings.Escape.NONE);
    }

    private static String place(TemplateText template, String name) {
        return "line " + template.line(name) + " of the template: ";
    }

    private static String inline(Section section) {
        return section.text("template", "url={{db/url}}");
    }

    private static String content(Section section, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw section.wrong("template-file", "larger than 1 MiB", "is this the right file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw section.wrong("template-file", "not UTF-8 text", "save the template as UTF-8");
        } catch (IOException e) {
            throw section.wrong(
                    "template-file",
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "name a file that the sidecar may read");
        }
    }

    private static TemplateText parse(Section section, String key, String text) {
        try {
            return TemplateText.parse(text);
        } catch (MustacheException e) {
            // Its message quotes the template.
            Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
            throw section.wrong(
                    key,
                    line.find() ? "line " + line.group(1) + ": not a template" : "not a template",
                    "only {{secret/key}} with both ends, and {{#secret}} or {{^secret}} closed by {{/secret}}, may be in it");
        }
    }

    private void tryOut(Section section, String key, TemplateText template, FileSettings.Escape escape) {
        for (Set<String> present : List.of(references.all(), references.required())) {
            Map<String, CharSequence> values = template.values().stream()
                    .filter(name -> present.contains(References.parse(name).secret()))
                    .collect(Collectors.toMap(Function.identity(), name -> TRIAL));
            Optional<String> filled = template.fill(values, present, CharSequence::toString);
            if (filled.isEmpty()) {
                throw section.wrong(
                        key,
                        "it needs a secret that is not required",
                        "put what needs it between {{#secret}} and {{/secret}}");
            }
            if (!Syntax.fits(escape, filled.get())) {
                throw section.wrong(
                        key,
                        "whatever the values, the file would not be what escape says",
                        "correct the template, or write escape: none");
            }
        }
    }
}
