package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.config.Syntax;
import dev.tacet.sidecar.source.SecretData;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A template, filled. */
final class TemplateOutput implements Output {
    /** Stands for values of other secrets while one is checked. */
    private static final String TRIAL = "1";

    private final String path;
    private final int mode;
    private final FileSettings.Template settings;
    private final List<KeyRef> refs;

    TemplateOutput(String path, int mode, FileSettings.Template settings) {
        this.path = path;
        this.mode = mode;
        this.settings = settings;
        this.refs =
                settings.text().values().stream().sorted().map(KeyRef::parse).toList();
    }

    @Override
    public Optional<Problem> check(String secret, SecretData data) {
        List<KeyRef> own =
                refs.stream().filter(ref -> ref.secret().equals(secret)).toList();
        Optional<Problem> problem = own.stream()
                .flatMap(ref -> SecretCheck.checkText(path, ref, data).or(() -> checkEscape(ref, data)).stream())
                .findFirst();
        if (problem.isPresent()
                || own.isEmpty()
                || onTrial(secret, data).filter(this::isWhole).isPresent()) {
            return problem;
        }
        return Optional.of(new Problem(
                secret,
                path + " would be broken by a value of " + secret,
                "put each value between double quotes in the template, or correct the value"));
    }

    private Optional<Problem> checkEscape(KeyRef ref, SecretData data) {
        return Escapes.unfit(settings.escape(), Text.checked(ref, data))
                .map(reason -> new Problem(
                        ref.secret(),
                        ref + " " + reason + ", and " + path + " draws from it",
                        "read it from its own file, and take it out of the template"));
    }

    private Optional<String> onTrial(String secret, SecretData data) {
        Map<String, CharSequence> values = new HashMap<>();
        Set<String> present = new HashSet<>();
        for (KeyRef ref : refs) {
            present.add(ref.secret());
            values.put(name(ref), ref.secret().equals(secret) ? Text.checked(ref, data) : TRIAL);
        }
        return fill(values, present);
    }

    @Override
    public Rendered render(Map<String, SecretData> secrets, Previous previous) {
        Map<String, CharSequence> values = new HashMap<>();
        for (KeyRef ref : refs) {
            Optional.ofNullable(secrets.get(ref.secret()))
                    .ifPresent(data -> values.put(name(ref), Text.checked(ref, data)));
        }
        Optional<String> filled = fill(values, secrets.keySet());
        if (filled.isEmpty()) {
            return Rendered.failed(
                    path,
                    mode,
                    previous,
                    path + " needs a secret that is not there",
                    "put what needs it between {{#secret}} and {{/secret}}");
        }
        if (!isWhole(filled.get())) {
            return Rendered.failed(
                    path,
                    mode,
                    previous,
                    path + " would be broken by its values together",
                    "put each value between double quotes in the template, or correct the values");
        }
        return Rendered.of(path, new RenderedFile(SecretValue.ofUtf8(filled.get()), mode));
    }

    private Optional<String> fill(Map<String, CharSequence> values, Set<String> present) {
        return settings.text().fill(values, present, value -> Escapes.escape(settings.escape(), value));
    }

    private boolean isWhole(String filled) {
        return Syntax.fits(settings.escape(), filled);
    }

    private static String name(KeyRef ref) {
        return ref.secret() + "/" + ref.key();
    }
}
