package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.source.SecretData;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One part of a key and its certificates, as PEM with lines of 64 and line feeds alone. */
final class PemOutput implements Output {
    private static final int LINE = 64;

    private final String path;
    private final int mode;
    private final FileSettings.Pem settings;

    PemOutput(String path, int mode, FileSettings.Pem settings) {
        this.path = path;
        this.mode = mode;
        this.settings = settings;
    }

    @Override
    public Optional<Problem> check(String secret, SecretData data) {
        if (!secret.equals(settings.keys().secret())) {
            return Optional.empty();
        }
        try {
            pem(TlsMaterial.read(path, settings.keys(), data));
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
            SecretValue content = pem(TlsMaterial.read(path, settings.keys(), data));
            return Rendered.of(path, new RenderedFile(content, mode));
        } catch (UnfitException e) {
            throw new IllegalStateException("it was checked", e);
        }
    }

    private SecretValue pem(TlsMaterial material) throws UnfitException {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        List<X509Certificate> chain = material.chain(settings.root());
        switch (settings.part()) {
            case KEY -> write(material.key(), to);
            case LEAF -> write(chain.subList(0, 1), to);
            case CHAIN -> write(chain, to);
            case BUNDLE -> {
                write(material.key(), to);
                write(chain, to);
            }
        }
        return SecretValue.of(to.toByteArray());
    }

    private static void write(SecretValue key, ByteArrayOutputStream to) {
        write("PRIVATE KEY", key.reveal(), to);
    }

    private void write(List<X509Certificate> certificates, ByteArrayOutputStream to) throws UnfitException {
        for (X509Certificate certificate : certificates) {
            try {
                write("CERTIFICATE", certificate.getEncoded(), to);
            } catch (CertificateEncodingException e) {
                throw new UnfitException(path + " cannot hold a certificate", "store certificates as PEM");
            }
        }
    }

    private static void write(String kind, byte[] der, ByteArrayOutputStream to) {
        to.writeBytes(("-----BEGIN " + kind + "-----\n").getBytes(StandardCharsets.US_ASCII));
        to.writeBytes(Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encode(der));
        to.writeBytes(("\n-----END " + kind + "-----\n").getBytes(StandardCharsets.US_ASCII));
    }
}
