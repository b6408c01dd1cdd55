package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.source.SecretData;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A keystore and its password, one set.
 *
 * <p>Salts and password are random, so making it twice gives different bytes. The published set stays while it holds
 * what is wanted: it is opened and looked into. That needs no record of what it was made of, which would be one more
 * thing made of secrets, and a restart finds out in the same way.
 */
final class KeystoreOutput implements Output {
    /** As base64, 32 characters: more than anybody can try. */
    private static final int PASSWORD_BYTES = 24;

    private static final int PASSWORD_LENGTH = 32;

    private final String path;
    private final int mode;
    private final FileSettings.Keystore settings;
    private final SecureRandom random;
    /** What a keystore was last made of on trial: making one is slow on purpose, and checks are many. */
    private volatile @Nullable TlsMaterial proven;

    KeystoreOutput(String path, int mode, FileSettings.Keystore settings, SecureRandom random) {
        this.path = path;
        this.mode = mode;
        this.settings = settings;
        this.random = random;
    }

    @Override
    public Optional<Problem> check(String secret, SecretData data) {
        if (!secret.equals(settings.keys().secret())) {
            return Optional.empty();
        }
        try {
            TlsMaterial material = TlsMaterial.read(path, settings.keys(), data);
            if (!material.equals(proven)) {
                make(material);
                proven = material;
            }
            return Optional.empty();
        } catch (UnfitException e) {
            return Optional.of(new Problem(secret, e.message(), e.hint()));
        }
    }

    @Override
    public Rendered render(Map<String, SecretData> secrets, Previous previous) {
        SecretData data = secrets.get(settings.keys().secret());
        if (data == null) {
            return Rendered.none();
        }
        try {
            TlsMaterial material = TlsMaterial.read(path, settings.keys(), data);
            Optional<Set> kept = published(previous).filter(set -> holds(set, material));
            return rendered(kept.isPresent() ? kept.get() : make(material));
        } catch (UnfitException e) {
            throw new IllegalStateException("it was checked", e);
        }
    }

    private Optional<Set> published(Previous previous) {
        return previous.content(path)
                .flatMap(store -> previous.content(settings.passwordFile())
                        // Whatever may have come to lie there, it is not weaker than what we would make.
                        .filter(password -> password.length() == PASSWORD_LENGTH)
                        .map(password -> new Set(store, password)));
    }

    private Set make(TlsMaterial material) throws UnfitException {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        SecretValue password =
                SecretValue.of(Base64.getUrlEncoder().withoutPadding().encode(bytes));
        Set made = new Set(Pkcs12.write(settings.alias(), material.key(), chain(material), password, random), password);
        if (!holds(made, material)) {
            throw new UnfitException(
                    path + " cannot be opened by Java itself",
                    "use a key of a kind that Java knows: RSA, EC on P-256, P-384 or P-521, Ed25519");
        }
        return made;
    }

    private boolean holds(Set set, TlsMaterial material) {
        return Pkcs12.holds(set.store, set.password, settings.alias(), material.key(), chain(material));
    }

    private List<X509Certificate> chain(TlsMaterial material) {
        return material.chain(settings.root());
    }

    private Rendered rendered(Set set) {
        SortedMap<String, RenderedFile> files = new TreeMap<>();
        files.put(path, new RenderedFile(set.store, mode));
        files.put(settings.passwordFile(), new RenderedFile(set.password, mode));
        SortedMap<String, SecretValue> generated = new TreeMap<>();
        generated.put(settings.passwordFile(), set.password);
        return new Rendered(files, generated, List.of());
    }

    private record Set(SecretValue store, SecretValue password) {}
}
