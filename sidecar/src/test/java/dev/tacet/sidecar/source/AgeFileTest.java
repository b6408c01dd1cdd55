package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgeFileTest {
    private static final Path NAME = Path.of("store.age");
    /** Round the borders of age's 64 KiB chunks, where an implementation counts wrong if it does. */
    private static final int[] LENGTHS = {0, 1, 500, 65_535, 65_536, 65_537, 131_072, 300_000};

    private final AgeIdentity identity = AgeIdentity.generate(new SecureRandom());

    @TempDir
    Path directory;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private Path identityFile() throws Exception {
        return Files.write(directory.resolve("identity"), identity.toFile());
    }

    @Test
    void opensWhatItSealed() throws Exception {
        for (int length : LENGTHS) {
            byte[] plain = bytes(length);
            assertThat(AgeFile.open(AgeFile.seal(plain, identity), identity, NAME))
                    .as("%s bytes", length)
                    .isEqualTo(plain);
        }
    }

    @Test
    void isOpenedByTheAgeCommand() throws Exception {
        Requires.programs("age");
        for (int length : LENGTHS) {
            byte[] plain = bytes(length);
            Command age = Command.run(
                    List.of("age", "--decrypt", "--identity", identityFile().toString()),
                    AgeFile.seal(plain, identity));
            assertThat(age.err()).isEmpty();
            assertThat(age.out()).as("%s bytes", length).isEqualTo(plain);
        }
    }

    @Test
    void opensWhatTheAgeCommandSealed() throws Exception {
        Requires.programs("age");
        String other = AgeIdentity.generate(new SecureRandom()).recipient();
        for (int length : LENGTHS) {
            byte[] plain = bytes(length);
            for (List<String> options : List.of(
                    List.of("--recipient", identity.recipient()),
                    List.of("--armor", "--recipient", identity.recipient()),
                    List.of("--recipient", other, "--recipient", identity.recipient()),
                    List.of("--armor", "--recipient", identity.recipient(), "--recipient", other))) {
                List<String> command = new ArrayList<>(List.of("age", "--encrypt"));
                command.addAll(options);
                Command age = Command.run(command, plain);
                assertThat(age.exit()).isZero();
                assertThat(AgeFile.open(age.out(), identity, NAME))
                        .as("%s bytes, %s", length, options.get(0))
                        .isEqualTo(plain);
            }
        }
    }

    @Test
    void sharesItsIdentityFileWithAgeKeygen() throws Exception {
        Requires.programs("age-keygen");
        assertThat(Command.output("age-keygen", "-y", identityFile().toString()))
                .isEqualTo(identity.recipient());

        Path theirs = directory.resolve("theirs");
        Command.output("age-keygen", "-o", theirs.toString());
        assertThat(AgeIdentity.read(theirs).recipient())
                .isEqualTo(Command.output("age-keygen", "-y", theirs.toString()));
    }

    @Test
    void saysWhatIsWrongWithAnIdentityFile() throws Exception {
        String good = new String(identity.secret().reveal(), StandardCharsets.US_ASCII);
        char last = good.charAt(good.length() - 1);
        record Row(String content, String message) {}
        for (Row row : List.of(
                new Row("", "there is none in it"),
                new Row("# public key: age1…\n", "there is none in it"),
                new Row(good.substring(0, 40), "it has a wrong length or a typing error"),
                // one letter another: bech32 has a checksum
                new Row(
                        good.substring(0, good.length() - 1) + (last == 'Q' ? 'P' : 'Q'),
                        "it has a wrong length or a typing error"),
                new Row("# mine\n\n-----BEGIN OPENSSH PRIVATE KEY-----\n", "line 3 is not an X25519 identity"),
                new Row(identity.recipient(), "line 1 is not an X25519 identity"),
                new Row(good + "\n" + good + "\n", "line 2 is a second one"))) {
            Path file = Files.writeString(directory.resolve("identity"), row.content);
            SourceException trouble = catchThrowableOfType(SourceException.class, () -> AgeIdentity.read(file));
            assertThat(trouble.failure().message()).endsWith(row.message);
            assertThat(printed(trouble)).doesNotContain(good.substring(16, 40));
        }
        assertThat(AgeIdentity.read(Files.writeString(directory.resolve("identity"), "\r\n" + good + "\r\n"))
                        .recipient())
                .isEqualTo(identity.recipient());
    }

    @Test
    void refusesAnotherIdentity() {
        byte[] sealed = AgeFile.seal(bytes(100), identity);
        AgeIdentity other = AgeIdentity.generate(new SecureRandom());
        SourceException trouble = catchThrowableOfType(SourceException.class, () -> AgeFile.open(sealed, other, NAME));
        assertThat(trouble.failure().kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(trouble.failure().message()).isEqualTo("the store store.age is sealed for another identity");
    }

    @Test
    void refusesAFileCutShortAnywhere() {
        byte[] plain = bytes(70_000); // two chunks
        byte[] sealed = AgeFile.seal(plain, identity);
        for (int length = 0; length < sealed.length; length += length < 1024 ? 1 : 64) {
            refuses(Arrays.copyOf(sealed, length), "cut at " + length, DamagedFileException.class);
        }
        int header = sealed.length - 70_000 - 32; // the tags of two chunks; the nonce counts as header
        refuses(Arrays.copyOf(sealed, header + 65_536 + 16), "cut at a chunk's end", DamagedFileException.class);
        refuses(Arrays.copyOf(sealed, sealed.length + 1), "one byte longer", DamagedFileException.class);
    }

    @Test
    void refusesAnArmoredFileCutShortAnywhere() throws Exception {
        Requires.programs("age");
        byte[] armored = Command.run(
                        List.of("age", "--encrypt", "--armor", "--recipient", identity.recipient()), bytes(70_000))
                .out();
        int end = armored.length - 1; // its last line feed is no loss
        for (int length = 0; length < end; length += length < 512 || length > end - 256 ? 1 : 64) {
            refuses(Arrays.copyOf(armored, length), "cut at " + length, SourceException.class);
        }
    }

    @Test
    void refusesAFileWithOneBitChanged() {
        byte[] sealed = AgeFile.seal(bytes(3000), identity);
        for (int at = 0; at < sealed.length; at += at < 250 ? 1 : 97) {
            byte[] changed = sealed.clone();
            changed[at] ^= (byte) (1 << (at % 8));
            refuses(changed, "changed at " + at, SourceException.class);
        }
    }

    @Test
    void tellsWhatIsNoAgeFile() {
        for (String text :
                List.of("tacet-store: 1\n", "age-encryption.org/v2\n", "\n", "-----BEGIN CERTIFICATE-----")) {
            SourceException trouble = refuses(text.getBytes(StandardCharsets.UTF_8), text, SourceException.class);
            assertThat(trouble.failure().message()).isEqualTo("store.age is not an age file");
        }
        assertThat(refuses(new byte[0], "empty", DamagedFileException.class)
                        .failure()
                        .message())
                .isEqualTo("the store store.age is empty");
    }

    private SourceException refuses(byte[] bytes, String what, Class<? extends SourceException> type) {
        SourceException trouble =
                catchThrowableOfType(SourceException.class, () -> AgeFile.open(bytes, identity, NAME));
        assertThat(trouble).as(what).isInstanceOf(type);
        assertThat(trouble.failure().kind()).as(what).isEqualTo(Kind.CONFIGURATION);
        return trouble;
    }

    @Test
    void showsNoIdentity() {
        SecretValue secret = identity.secret();
        assertThat(new String(identity.toFile(), StandardCharsets.US_ASCII))
                .contains(new String(secret.reveal(), StandardCharsets.US_ASCII));
        assertThat(identity.toString()).doesNotContain("AGE-SECRET-KEY").contains(identity.recipient());
    }
}
