package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.SecretData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values to files, in memory.
 *
 * <p>In two steps, because the secret is the unit of failure: {@link #prepare} each one as it comes from its source,
 * keep the last fit data of one that is unfit, then {@link #render} all of them. The same data gives the same bytes.
 * Safe for many threads.
 */
public final class Renderer {
    private final OutputSettings settings;
    private final WantedKeys wanted;
    private final Base64Keys base64;
    private final SecretCheck check;

    private Renderer(OutputSettings settings) {
        this.settings = settings;
        this.wanted = new WantedKeys(settings.wanted());
        this.base64 = new Base64Keys(settings.base64());
        this.check = new SecretCheck(settings.properties());
    }

    /**
     * A renderer for these outputs.
     *
     * @throws IllegalArgumentException when {@link FileNames} finds fault with a name or path, or a key is one of no
     *     known secret; the config must have reported both before
     */
    public static Renderer of(OutputSettings settings) {
        List<String> taken = new ArrayList<>();
        for (String secret : settings.secrets()) {
            FileNames.check(secret).ifPresent(reason -> {
                throw new IllegalArgumentException("secret name " + reason);
            });
            taken.add(secret);
        }
        for (PropertiesFile file : settings.properties()) {
            FileNames.checkPath(file.path(), taken).ifPresent(reason -> {
                throw new IllegalArgumentException("properties path " + reason);
            });
            taken.add(file.path());
            file.entries().values().forEach(ref -> requireKnown(settings, ref));
        }
        settings.base64().forEach(ref -> requireKnown(settings, ref));
        return new Renderer(settings);
    }

    /** Selects the wanted keys of one secret, decodes them, and checks it against every output that draws from it. */
    public Prepared prepare(String secret, SecretData raw) {
        Prepared selected = wanted.select(secret, raw);
        if (!(selected instanceof Prepared.Fit some)) {
            return selected;
        }
        Prepared decoded = base64.decode(secret, some.data());
        if (!(decoded instanceof Prepared.Fit fit)) {
            return decoded;
        }
        Optional<Problem> problem = check.check(secret, fit.data());
        return problem.isPresent() ? new Prepared.Unfit(problem.get()) : decoded;
    }

    /**
     * What was published, once more: the wanted keys of it, if they are fit for these outputs.
     *
     * @param published as {@link #prepare} made it then
     * @param sameOutputs whether it was made for these outputs; otherwise nobody knows whether its keys were decoded, so
     *     where one is to be, the answer is nothing
     */
    public Optional<SecretData> again(String secret, SecretData published, boolean sameOutputs) {
        boolean decoded =
                settings.base64().stream().anyMatch(ref -> ref.secret().equals(secret));
        if (decoded && !sameOutputs) {
            return Optional.empty();
        }
        return wanted.select(secret, published) instanceof Prepared.Fit fit
                ? Optional.of(fit.data())
                        .filter(data -> check.check(secret, data).isEmpty())
                : Optional.empty();
    }

    /**
     * All files of a generation. Of a secret that is not there (optional, and never read yet) the properties files hold
     * no entries.
     *
     * @param secrets by name, all of them {@link Prepared.Fit}
     * @throws IllegalArgumentException when one is not
     */
    public Rendered render(SortedMap<String, SecretData> secrets) {
        SortedMap<String, RenderedFile> files = new TreeMap<>();
        secrets.forEach((secret, data) -> {
            requireFit(secret, data);
            data.values()
                    .forEach((key, value) ->
                            files.put(secret + "/" + key, new RenderedFile(value, settings.treeMode())));
        });
        for (PropertiesFile file : settings.properties()) {
            files.put(file.path(), new RenderedFile(properties(file, secrets), file.mode()));
        }
        return new Rendered(files);
    }

    private static void requireKnown(OutputSettings settings, KeyRef ref) {
        if (!settings.secrets().contains(ref.secret())) {
            throw new IllegalArgumentException("no such secret: " + ref);
        }
    }

    private void requireFit(String secret, SecretData data) {
        if (!settings.secrets().contains(secret)) {
            throw new IllegalArgumentException("secret not in the settings");
        }
        check.check(secret, data).ifPresent(problem -> {
            throw new IllegalArgumentException(problem.message());
        });
    }

    private static SecretValue properties(PropertiesFile file, Map<String, SecretData> secrets) {
        PropertiesFormat format = new PropertiesFormat();
        file.entries().forEach((name, ref) -> {
            SecretData data = secrets.get(ref.secret());
            if (data != null) {
                SecretValue value = Objects.requireNonNull(data.values().get(ref.key()), "checked to be there");
                format.add(name, PropertiesFormat.text(value).orElseThrow());
            }
        });
        return format.content();
    }
}
