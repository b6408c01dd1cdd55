package dev.tacet.sidecar.render;

import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.source.SecretData;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values to files, in memory.
 *
 * <p>In two steps, because the secret is the unit of failure: {@link #prepare} each one as it comes from its source,
 * keep the last fit data of one that is unfit, then {@link #render} all of them. What fails only then, because values of
 * several secrets do not go together, is a {@link FileProblem}. Safe for many threads.
 */
public final class Renderer {
    private final OutputSettings settings;
    private final WantedKeys wanted;
    private final Base64Keys base64;
    private final List<Output> outputs;
    private final SecretCheck check;

    private Renderer(OutputSettings settings, List<Output> outputs) {
        this.settings = settings;
        this.wanted = new WantedKeys(settings.wanted());
        this.base64 = new Base64Keys(settings.base64());
        this.outputs = outputs;
        this.check = new SecretCheck(outputs);
    }

    /** A renderer for these outputs, with the platform's random numbers. */
    public static Renderer of(OutputSettings settings) {
        return of(settings, new SecureRandom());
    }

    /**
     * A renderer for these outputs.
     *
     * @param random makes the passwords of keystores
     * @throws IllegalArgumentException when {@link FileNames} finds fault with a name or path, or a key is one of no
     *     known secret; the config must have reported both before
     */
    public static Renderer of(OutputSettings settings, SecureRandom random) {
        List<String> taken = new ArrayList<>();
        for (String secret : settings.secrets()) {
            FileNames.check(secret).ifPresent(reason -> {
                throw new IllegalArgumentException("secret name " + reason);
            });
            taken.add(secret);
        }
        for (FileSettings file : settings.files()) {
            for (String path : file.paths()) {
                FileNames.checkPath(path, taken).ifPresent(reason -> {
                    throw new IllegalArgumentException("path of a file " + reason);
                });
                taken.add(path);
            }
            Modes.require(file.mode());
            file.content().secrets().forEach(secret -> requireKnown(settings, secret));
        }
        settings.base64().forEach(ref -> requireKnown(settings, ref.secret()));
        return new Renderer(
                settings,
                settings.files().stream().map(file -> output(file, random)).toList());
    }

    private static Output output(FileSettings file, SecureRandom random) {
        FileSettings.Content content = file.content();
        if (content instanceof FileSettings.Entries entries) {
            return new EntriesOutput(file.path(), file.mode(), entries);
        }
        if (content instanceof FileSettings.Template template) {
            return new TemplateOutput(file.path(), file.mode(), template);
        }
        if (content instanceof FileSettings.Pem pem) {
            return new PemOutput(file.path(), file.mode(), pem);
        }
        return new KeystoreOutput(file.path(), file.mode(), (FileSettings.Keystore) content, random);
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

    /** All files of a generation, where none is published. */
    public Rendered render(SortedMap<String, SecretData> secrets) {
        return render(secrets, Previous.none());
    }

    /**
     * All files of a generation. Of a secret that is not there (optional, and never read yet) files of entries hold no
     * entry, and templates not what they make depend on it; what is made of that secret alone is left out.
     *
     * <p>A keystore is the published one, and so is its password, while key, certificates and alias in it are what they
     * are to be: the same inputs give the same bytes, whichever process made them.
     *
     * @param secrets by name, all of them {@link Prepared.Fit}
     * @param previous what is published
     * @throws IllegalArgumentException when one is not fit
     */
    public Rendered render(SortedMap<String, SecretData> secrets, Previous previous) {
        SortedMap<String, RenderedFile> tree = new TreeMap<>();
        secrets.forEach((secret, data) -> {
            requireFit(secret, data);
            data.values()
                    .forEach(
                            (key, value) -> tree.put(secret + "/" + key, new RenderedFile(value, settings.treeMode())));
        });
        Rendered rendered = Rendered.of(tree);
        for (Output output : outputs) {
            rendered = rendered.and(output.render(secrets, previous));
        }
        return rendered;
    }

    /** Where secrets lie that no source gives: the passwords of keystores. */
    public List<String> generatedPaths() {
        return settings.files().stream()
                .map(FileSettings::content)
                .filter(FileSettings.Keystore.class::isInstance)
                .map(content -> ((FileSettings.Keystore) content).passwordFile())
                .toList();
    }

    private static void requireKnown(OutputSettings settings, String secret) {
        if (!settings.secrets().contains(secret)) {
            throw new IllegalArgumentException("no such secret: " + secret);
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
}
