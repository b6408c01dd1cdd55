package dev.tacet.sidecar.source;

import com.exceptionfactory.jagged.bech32.Bech32;
import dev.tacet.redactor.SecretValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * An X25519 identity: the secret that opens an age file, and the recipient that seals one for it.
 *
 * <p>Its file is {@code age-keygen}'s: comment lines that start with {@code #}, and one line
 * {@code AGE-SECRET-KEY-1…}. Source: age-encryption.org/v1, "The X25519 recipient type".
 *
 * @param secret the text {@code AGE-SECRET-KEY-1…}
 * @param recipient the public key, {@code age1…}
 */
record AgeIdentity(SecretValue secret, String recipient) {
    private static final String MADE_BY = "tacet store init --identity FILE, or age-keygen, makes one";
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);
    private static final int KEY_BYTES = 32;

    /** A new one. */
    static AgeIdentity generate(SecureRandom random) {
        byte[] scalar = new byte[KEY_BYTES];
        random.nextBytes(scalar);
        try {
            String text = Bech32.getEncoder().encode("AGE-SECRET-KEY-", scalar).toString();
            return new AgeIdentity(SecretValue.ofUtf8(text), recipientOf(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X25519 is part of every Java since 11", e);
        }
    }

    /** The one identity of a file. */
    static AgeIdentity read(Path file) throws SourceException {
        String text = new String(CredentialFile.bytes(file, "identity"), StandardCharsets.UTF_8);
        String found = "";
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            if (!found.isEmpty()) {
                throw unusable(file, "line " + number + " is a second one");
            }
            if (!stripped.startsWith("AGE-SECRET-KEY-1")) {
                throw unusable(file, "line " + number + " is not an X25519 identity");
            }
            found = stripped;
        }
        if (found.isEmpty()) {
            throw unusable(file, "there is none in it");
        }
        try {
            return new AgeIdentity(SecretValue.ofUtf8(found), recipientOf(found));
        } catch (GeneralSecurityException | RuntimeException e) { // both may quote the key
            throw unusable(file, "it has a wrong length or a typing error");
        }
    }

    /** What {@link #read} reads. */
    byte[] toFile() {
        byte[] head = ("# public key: " + recipient + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] key = secret.reveal();
        byte[] file = Arrays.copyOf(head, head.length + key.length + 1);
        System.arraycopy(key, 0, file, head.length, key.length);
        file[file.length - 1] = '\n';
        return file;
    }

    /** The public key is the product of the secret key and the base point. */
    private static String recipientOf(String identity) throws GeneralSecurityException {
        byte[] scalar = Bech32.getDecoder().decode(identity).getData();
        if (scalar.length != KEY_BYTES) {
            throw new GeneralSecurityException("wrong length");
        }
        KeyFactory keys = KeyFactory.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
        agreement.doPhase(keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
        return Bech32.getEncoder().encode("age", agreement.generateSecret()).toString();
    }

    private static SourceException unusable(Path file, String why) {
        return new SourceException(Failure.Kind.CONFIGURATION, "no usable identity in " + file + ": " + why, MADE_BY);
    }
}
