package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files that a source's own credentials lie in. */
final class CredentialFile {
    /** Tokens of every kind are shorter; a wrong path may lead to something endless. */
    private static final int LONGEST = 1 << 20;

    private CredentialFile() {}

    /**
     * One word, such as a token. White space round it is ignored.
     *
     * @param what the credential's name in messages
     */
    static SecretValue word(Path file, String what) throws SourceException {
        String text = new String(bytes(file, what), StandardCharsets.ISO_8859_1).strip();
        if (text.isEmpty()) {
            throw unusable("the " + what + " file " + file + " is empty", what);
        }
        // Anything else would be refused as a header, by an exception that quotes it.
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw unusable("the " + what + " file " + file + " holds more than one word of printable ASCII", what);
        }
        return SecretValue.ofUtf8(text);
    }

    /** A token that the kubelet projects: one that is not there yet will be. */
    static SecretValue projected(Path file) throws SourceException {
        if (!Files.exists(file)) {
            throw new SourceException(
                    Failure.Kind.OUTAGE,
                    "the service account token " + file + " is not there yet",
                    "mount it: a projected volume with a serviceAccountToken; it is looked for again");
        }
        return word(file, "service account token");
    }

    /** The whole file, at most 1 MiB. */
    static byte[] bytes(Path file, String what) throws SourceException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new SourceException(
                    Failure.Kind.CONFIGURATION,
                    "cannot read the " + what + " file " + file + ": " + reason(e),
                    "name a file that this process may read");
        }
        if (bytes.length > LONGEST) {
            throw unusable("the " + what + " file " + file + " is longer than 1 MiB", what);
        }
        return bytes;
    }

    /** Why a file could not be read or written, in our words: the system's carry the path a second time. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : "input/output error";
    }

    private static SourceException unusable(String message, String what) {
        return new SourceException(
                Failure.Kind.CONFIGURATION, message, "put the " + what + " into it, and nothing else");
    }
}
