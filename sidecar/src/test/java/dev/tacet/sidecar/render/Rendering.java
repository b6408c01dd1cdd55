package dev.tacet.sidecar.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.source.SecretData;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A renderer of the secrets {@code db}, {@code other} and {@code web}, and what tests ask of it. */
final class Rendering {
    private final Renderer renderer;

    Rendering(FileSettings... files) {
        this.renderer =
                Renderer.of(new OutputSettings(Set.of("db", "other", "web"), Map.of(), Set.of(), List.of(files), 0440));
    }

    Rendered render(Map<String, SecretData> raw) {
        return render(raw, Previous.none());
    }

    Rendered render(Map<String, SecretData> raw, Previous previous) {
        TreeMap<String, SecretData> fit = new TreeMap<>();
        raw.forEach((secret, data) -> assertThat(renderer.prepare(secret, data))
                .isInstanceOfSatisfying(Prepared.Fit.class, prepared -> fit.put(secret, prepared.data())));
        return renderer.render(fit, previous);
    }

    /** The bytes of the one file called {@code f} of {@code db} alone. */
    byte[] file(SecretData db) {
        Rendered rendered = render(Map.of("db", db));
        assertThat(rendered.problems()).isEmpty();
        return rendered.files().get("f").content().reveal();
    }

    Problem unfit(String secret, SecretData data) {
        Prepared prepared = renderer.prepare(secret, data);
        assertThat(prepared).isInstanceOf(Prepared.Unfit.class);
        return ((Prepared.Unfit) prepared).problem();
    }

    static String text(Rendered rendered, String path) {
        return new String(rendered.files().get(path).content().reveal(), StandardCharsets.UTF_8);
    }

    static SecretData data(String... keysAndValues) {
        TreeMap<String, SecretValue> values = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], SecretValue.ofUtf8(keysAndValues[i + 1]));
        }
        return new SecretData("1", values);
    }

    /** A file {@code f} of entries, {@code NAME, secret/key} and so on. */
    static FileSettings entries(FileSettings.Format format, String... namesAndReferences) {
        Map<String, FileSettings.Reference> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndReferences.length; i += 2) {
            KeyRef ref = KeyRef.parse(namesAndReferences[i + 1]);
            entries.put(namesAndReferences[i], new FileSettings.Reference(ref.secret(), ref.key()));
        }
        return new FileSettings("f", 0440, new FileSettings.Entries(format, entries));
    }
}
