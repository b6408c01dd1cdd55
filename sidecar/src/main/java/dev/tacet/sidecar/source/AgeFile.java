package dev.tacet.sidecar.source;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.tacet.sidecar.source.Failure.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * Opens and seals the bytes of an age file (age-encryption.org/v1, X25519), through jagged. Binary and armored files are
 * opened, binary ones made. Nothing is handed out before the last byte has been authenticated.
 */
final class AgeFile {
    private static final byte[] BINARY = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ARMORED = "-----BEGIN AGE ENCRYPTED FILE-----".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 64 * 1024;

    private AgeFile() {}

    /**
     * What was sealed.
     *
     * @param file its name in messages
     * @throws SourceException of kind CONFIGURATION, saying what the file is instead
     */
    static byte[] open(byte[] sealed, AgeIdentity identity, Path file) throws SourceException {
        boolean armored = startsWith(sealed, ARMORED);
        if (!armored && !startsWith(sealed, BINARY)) {
            throw noAgeFile(sealed, file);
        }
        try (ReadableByteChannel in = Channels.newChannel(new ByteArrayInputStream(sealed))) {
            StandardDecryptingChannelFactory channels =
                    armored ? new ArmoredDecryptingChannelFactory() : new StandardDecryptingChannelFactory();
            RecipientStanzaReader reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                    new String(identity.secret().reveal(), StandardCharsets.US_ASCII));
            return readAll(channels.newDecryptingChannel(in, List.of(reader)));
        } catch (UnsupportedRecipientStanzaException e) {
            throw new SourceException(
                    Kind.CONFIGURATION,
                    "the store " + file + " is sealed for another identity",
                    "name the identity that it was made with; its public key would be " + identity.recipient());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // jagged meets the end of a file also as a buffer's underflow
            throw new DamagedFileException(
                    "the store " + file + " is damaged: cut short, or changed after it was sealed");
        }
    }

    /** Seals for the identity's own recipient. */
    static byte[] seal(byte[] plain, AgeIdentity identity) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream(plain.length + 512);
        try (WritableByteChannel out = new StandardEncryptingChannelFactory()
                .newEncryptingChannel(
                        Channels.newChannel(sealed),
                        List.of(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(identity.recipient())))) {
            ByteBuffer rest = ByteBuffer.wrap(plain);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("sealing in memory cannot fail", e);
        }
        return sealed.toByteArray();
    }

    private static byte[] readAll(ReadableByteChannel channel) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        while (channel.read(buffer) >= 0) {
            plain.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return plain.toByteArray();
    }

    private static SourceException noAgeFile(byte[] bytes, Path file) {
        if (bytes.length == 0) {
            return new DamagedFileException("the store " + file + " is empty");
        }
        if (startsWith(BINARY, bytes) || startsWith(ARMORED, bytes)) {
            return new DamagedFileException("the store " + file + " is cut short");
        }
        return new SourceException(
                Kind.CONFIGURATION,
                file + " is not an age file",
                "name one that `tacet store init` or `age --encrypt` made");
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
