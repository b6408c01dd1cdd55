package dev.tacet.examples.plainlogback;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Scanner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Sends a mail for each line on standard input, or would, if its server ever let it in. */
final class Mailer {
    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);

    private final Path secrets;

    private Mailer(Path secrets) {
        this.secrets = secrets;
    }

    /** Takes the directory of secrets, in which {@code smtp-password} is. */
    public static void main(String[] arguments) throws IOException {
        Mailer mailer = new Mailer(Path.of(arguments[0]));
        try (Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                mailer.send(lines.nextLine());
            }
        }
    }

    private void send(String mail) throws IOException {
        String password = Files.readString(secrets.resolve("smtp-password"));
        MDC.put("session", password);
        LOG.info("mail {}: signing in with {}", mail, password);
        LOG.debug(
                "> AUTH PLAIN {}",
                Base64.getEncoder().encodeToString(("\0mailer\0" + password).getBytes(StandardCharsets.UTF_8)));
        try {
            throw new IOException("535 refused smtp://mailer:" + URLEncoder.encode(password, StandardCharsets.UTF_8)
                    + "@mail.example");
        } catch (IOException refused) {
            LOG.warn("mail {} was not sent", mail, refused);
        }
        LOG.info("done with {}", mail);
    }
}
