package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.config.Syntax;
import dev.tacet.sidecar.source.SecretData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A file of entries. It holds none of a secret that is not there: optional, and never read yet. */
final class EntriesOutput implements Output {
    private final String path;
    private final int mode;
    private final FileSettings.Format format;
    private final Map<String, KeyRef> entries = new LinkedHashMap<>();

    EntriesOutput(String path, int mode, FileSettings.Entries settings) {
        this.path = path;
        this.mode = mode;
        this.format = settings.format();
        settings.entries().forEach((name, reference) -> entries.put(name, KeyRef.of(reference)));
    }

    @Override
    public Optional<Problem> check(String secret, SecretData data) {
        return entries.values().stream()
                .filter(ref -> ref.secret().equals(secret))
                .flatMap(ref -> SecretCheck.checkText(path, ref, data).or(() -> checkNul(ref, data)).stream())
                .findFirst();
    }

    private Optional<Problem> checkNul(KeyRef ref, SecretData data) {
        boolean unfit = format == FileSettings.Format.DOTENV && Text.holdsNul(Text.checked(ref, data));
        return unfit
                ? Optional.of(new Problem(
                        ref.secret(),
                        ref + " holds a NUL, which no variable can, and " + path + " draws from it",
                        "read it from its own file, and take it out of " + path))
                : Optional.empty();
    }

    @Override
    public Rendered render(Map<String, SecretData> secrets, Previous previous) {
        Map<String, CharSequence> values = new LinkedHashMap<>();
        entries.forEach((name, ref) -> Optional.ofNullable(secrets.get(ref.secret()))
                .ifPresent(data -> values.put(name, Text.checked(ref, data))));
        String text = write(values).toString();
        if (!parses(text)) {
            return Rendered.failed(
                    path,
                    mode,
                    previous,
                    path + " could not be read back",
                    "a defect, or an entry's name that is too long: please report it");
        }
        return Rendered.of(path, new RenderedFile(SecretValue.ofUtf8(text), mode));
    }

    private CharSequence write(Map<String, CharSequence> values) {
        return switch (format) {
            case PROPERTIES -> PropertiesFormat.write(values);
            case DOTENV -> DotenvFormat.write(values);
            case JSON -> NestedFormat.json(values);
            case YAML -> NestedFormat.yaml(values);
        };
    }

    private boolean parses(String text) {
        return switch (format) {
            case JSON -> Syntax.isJson(text);
            case YAML -> Syntax.isYaml(text);
            case PROPERTIES, DOTENV -> true;
        };
    }
}
