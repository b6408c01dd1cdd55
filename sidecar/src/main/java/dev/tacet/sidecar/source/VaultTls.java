package dev.tacet.sidecar.source;

import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.config.VaultSettings.Cert;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Whom a vault's certificate is trusted by, and what is shown to it: the PEM files of a configuration, as they are at one
 * moment.
 */
final class VaultTls {
    private static final char[] NO_PASSWORD = {};

    private final List<Path> trusted;
    private final Optional<Cert> client;

    private VaultTls(List<Path> trusted, Optional<Cert> client) {
        this.trusted = trusted;
        this.client = client;
    }

    static VaultTls of(VaultSettings settings) throws SourceException {
        Optional<Cert> client = settings.auth() instanceof Cert cert ? Optional.of(cert) : Optional.empty();
        return new VaultTls(
                settings.caFile().isPresent() ? files(settings.caFile().get()) : List.of(), client);
    }

    private static List<Path> files(Path ca) throws SourceException {
        if (!Files.isDirectory(ca)) {
            return List.of(ca);
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(ca, "*.{pem,crt,cer}")) {
            stream.forEach(files::add);
        } catch (IOException e) {
            throw unusable("cannot read the CA directory " + ca + ": " + CredentialFile.reason(e));
        }
        Collections.sort(files);
        return files;
    }

    /** Another whenever one of the files is another; the key's bytes are in it only as a part of a digest. */
    String fingerprint() throws SourceException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : all()) {
                digest.update(CredentialFile.bytes(file, "TLS"));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private List<Path> all() {
        List<Path> all = new ArrayList<>(trusted);
        client.ifPresent(cert -> all.addAll(List.of(cert.certFile(), cert.keyFile())));
        return all;
    }

    /** Nothing where the JVM's own trust will do. */
    Optional<SSLContext> context() throws SourceException {
        if (all().isEmpty()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw unusable("the TLS files " + all() + " cannot be used together");
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException, SourceException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (trusted.isEmpty()) {
            trust.init((KeyStore) null);
            return trust.getTrustManagers();
        }
        KeyStore store = empty();
        for (Path file : trusted) {
            for (Certificate certificate : certificates(file, "CA")) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
        }
        trust.init(store);
        return trust.getTrustManagers();
    }

    private KeyManager[] keys() throws GeneralSecurityException, IOException, SourceException {
        if (client.isEmpty()) {
            return new KeyManager[0];
        }
        Cert cert = client.get();
        KeyStore store = empty();
        Certificate[] chain =
                certificates(cert.certFile(), "client certificate").toArray(Certificate[]::new);
        store.setKeyEntry("client", key(cert.keyFile()), NO_PASSWORD, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private static PrivateKey key(Path file) throws SourceException {
        String text = new String(CredentialFile.bytes(file, "TLS key"), StandardCharsets.ISO_8859_1);
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (next instanceof PrivateKeyInfo info) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
            }
        } catch (IOException e) {
            throw unusable("the TLS key file " + file + " is not PEM"); // the message could quote it
        }
        throw unusable("no unencrypted private key in " + file);
    }

    private static Collection<? extends Certificate> certificates(Path file, String what) throws SourceException {
        byte[] bytes = CredentialFile.bytes(file, what);
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            if (certificates.isEmpty()) {
                throw unusable("no certificate in " + file);
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw unusable("the " + what + " file " + file + " cannot be used");
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static SourceException unusable(String message) {
        return new SourceException(
                Failure.Kind.CONFIGURATION, message, "name a file of PEM certificates that this process may read");
    }
}
