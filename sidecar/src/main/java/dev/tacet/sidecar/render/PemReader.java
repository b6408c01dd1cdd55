package dev.tacet.sidecar.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Reads keys and certificates out of PEM text, whatever its line endings, and whatever else is in it: what stands
 * between the blocks, and blocks of other kinds, are passed over.
 *
 * <p>The parsers of PEM and JSON take and make strings, which stay in memory until they are collected.
 */
final class PemReader {
    private static final String BREAKS = "store it with its BEGIN and END lines, and real line breaks between them";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PemReader() {}

    /** All certificates, in order, from PEM text or from a JSON list of such, as a vault's answers become. */
    static List<X509Certificate> certificates(KeyRef ref, SecretValue value) throws UnfitException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (String text : texts(ref, value)) {
            for (Object block : blocks(ref, text)) {
                if (block instanceof X509CertificateHolder holder) {
                    certificates.add(certificate(ref, holder));
                }
            }
        }
        return certificates;
    }

    /** The one private key: PKCS#8, PKCS#1 or SEC1. */
    static PrivateKeyInfo privateKey(KeyRef ref, SecretValue value) throws UnfitException {
        List<PrivateKeyInfo> keys = new ArrayList<>();
        for (Object block : blocks(ref, new String(value.reveal(), StandardCharsets.UTF_8))) {
            if (block instanceof PEMEncryptedKeyPair || block instanceof PKCS8EncryptedPrivateKeyInfo) {
                throw new UnfitException(ref + " is encrypted", "store the private key without a passphrase");
            }
            if (block instanceof PEMKeyPair pair) {
                keys.add(pair.getPrivateKeyInfo());
            } else if (block instanceof PrivateKeyInfo info) {
                keys.add(info);
            }
        }
        if (keys.size() != 1) {
            throw new UnfitException(
                    ref + (keys.isEmpty() ? " holds no PEM private key" : " holds several keys"), BREAKS);
        }
        return keys.get(0);
    }

    private static X509Certificate certificate(KeyRef ref, X509CertificateHolder holder) throws UnfitException {
        try {
            return new JcaX509CertificateConverter()
                    .setProvider(Bouncy.PROVIDER)
                    .getCertificate(holder);
        } catch (CertificateException e) {
            throw new UnfitException(ref + " holds a certificate that cannot be read", BREAKS);
        }
    }

    private static List<String> texts(KeyRef ref, SecretValue value) throws UnfitException {
        String text = new String(value.reveal(), StandardCharsets.UTF_8);
        if (!text.stripLeading().startsWith("[")) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        try {
            for (JsonNode element : JSON.readTree(text)) {
                texts.add(element.asText());
            }
            return texts;
        } catch (JsonProcessingException e) {
            throw new UnfitException(ref + " is neither PEM nor a JSON list of PEM", BREAKS);
        }
    }

    private static List<Object> blocks(KeyRef ref, String text) throws UnfitException {
        List<Object> blocks = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                blocks.add(block);
            }
            return blocks;
        } catch (IOException | RuntimeException e) {
            // Given rubbish, the parser throws whatever its parts throw.
            throw new UnfitException(ref + " holds a PEM block that cannot be read", BREAKS);
        }
    }
}
