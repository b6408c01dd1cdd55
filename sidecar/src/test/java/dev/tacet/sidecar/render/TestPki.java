package dev.tacet.sidecar.render;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Key pairs with certificates, each issued by another or by itself, as PEM. */
record TestPki(KeyPair keys, X509Certificate certificate) {
    private static long serial = 1;

    static TestPki selfSigned(String name, String algorithm) {
        KeyPair keys = keys(algorithm);
        return new TestPki(keys, certificate(name, keys, name, keys, true));
    }

    TestPki issue(String name, String algorithm, boolean ca) {
        KeyPair issued = keys(algorithm);
        String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
        return new TestPki(issued, certificate(name, issued, issuer, keys, ca));
    }

    String pem() {
        return written(certificate);
    }

    /** As OpenSSL wrote keys for long: PKCS#1 or SEC1. */
    String traditionalKey() {
        return written(keys.getPrivate());
    }

    String pkcs8Key() {
        try {
            return written(new JcaPKCS8Generator(keys.getPrivate(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String written(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** {@code RSA-2048}, {@code EC-secp256r1}, {@code Ed25519}. */
    private static KeyPair keys(String algorithm) {
        try {
            int size = algorithm.indexOf('-');
            boolean sized = algorithm.startsWith("RSA-") || algorithm.startsWith("EC-");
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(sized ? algorithm.substring(0, size) : algorithm, Bouncy.PROVIDER);
            if (algorithm.startsWith("RSA-")) {
                generator.initialize(Integer.parseInt(algorithm.substring(size + 1)));
            } else if (sized) {
                generator.initialize(new ECGenParameterSpec(algorithm.substring(size + 1)));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate(String name, KeyPair keys, String issuer, KeyPair signer, boolean ca) {
        String kind = signer.getPrivate().getAlgorithm().toUpperCase(Locale.ROOT);
        String signature = switch (kind) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> signer.getPrivate().getAlgorithm();
        };
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    new X500Principal("CN=" + issuer),
                                    BigInteger.valueOf(serial++),
                                    Date.from(now.minusSeconds(60)),
                                    Date.from(now.plusSeconds(3600)),
                                    new X500Principal("CN=" + name),
                                    keys.getPublic())
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(ca))
                            .build(new JcaContentSignerBuilder(signature)
                                    .setProvider(Bouncy.PROVIDER)
                                    .build(signer.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
