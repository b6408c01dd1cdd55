package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The embedded vault: one YAML document in one age-encrypted file, which {@code age --decrypt} opens as well.
 *
 * <p>A change reads, changes and replaces the file under a lock, so that two writers lose nothing, and a reader always
 * finds a whole one. It is sealed for the one identity given here: recipients that somebody added by hand are lost.
 * Safe for use by several threads, except that two that change at once may get a failure.
 */
public final class AgeStore {
    private final Path file;
    private final Path identityFile;
    private final SealedFile sealed;

    /** Opens nothing yet. */
    public AgeStore(Path file, Path identityFile) {
        this.file = file;
        this.identityFile = identityFile;
        this.sealed = new SealedFile(file);
    }

    /**
     * Makes an empty store, and its identity if there is none, both 0600.
     *
     * @return the public key that the store is sealed for, {@code age1…}
     * @throws SourceException when there is a store already; nothing is changed then
     */
    public String init(SecureRandom random) throws SourceException {
        SealedFile identities = new SealedFile(identityFile);
        if (!sealed.exists() && !identities.exists()) {
            identities.create(AgeIdentity.generate(random).toFile());
        }
        AgeIdentity identity = AgeIdentity.read(identityFile);
        sealed.create(AgeFile.seal(AgeYaml.write(AgeDocument.EMPTY), identity));
        return identity.recipient();
    }

    /** Everything in it. */
    public AgeDocument read() throws SourceException {
        return read(sealed.read(), AgeIdentity.read(identityFile));
    }

    /**
     * Sets one value. A value that is the same already changes nothing, not even the file.
     *
     * @return the secret's version after it
     */
    public String put(String name, String key, SecretValue value) throws SourceException {
        return sealed.locked(() -> {
            AgeIdentity identity = AgeIdentity.read(identityFile);
            AgeDocument before = read(sealed.read(), identity);
            AgeDocument after = before.with(name, key, value);
            if (!after.equals(before)) {
                sealed.replace(AgeFile.seal(AgeYaml.write(after), identity));
            }
            return after.version(name);
        });
    }

    byte[] bytes() throws SourceException {
        return sealed.read();
    }

    AgeIdentity identity() throws SourceException {
        return AgeIdentity.read(identityFile);
    }

    AgeDocument read(byte[] bytes, AgeIdentity identity) throws SourceException {
        return new AgeYamlReader(file).read(AgeFile.open(bytes, identity, file));
    }
}
