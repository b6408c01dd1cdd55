package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * A keystore of one entry: key and certificates under PBES2 with AES-256, the whole under HMAC-SHA256, as the JDK
 * itself writes them.
 *
 * <p>Low-level builders rather than a {@link KeyStore} of Bouncy Castle's, whose integrity check is HMAC-SHA1.
 */
final class Pkcs12 {
    /** The JDK's own count. The password is random and long, so a higher one would guard nothing. */
    private static final int ITERATIONS = 10_000;

    private static final int SALT_LENGTH = 20;
    private static final byte[] LOCAL_KEY_ID = {1};

    private Pkcs12() {}

    /**
     * Makes one.
     *
     * @param chain leaf first
     * @throws UnfitException when the key or a certificate cannot be put into one
     */
    static SecretValue write(
            String alias, SecretValue key, List<X509Certificate> chain, SecretValue password, SecureRandom random)
            throws UnfitException {
        char[] secret = chars(password);
        try {
            List<PKCS12SafeBag> certificates = new ArrayList<>();
            for (X509Certificate certificate : chain) {
                PKCS12SafeBagBuilder bag = new JcaPKCS12SafeBagBuilder(certificate);
                certificates.add((certificates.isEmpty() ? named(bag, alias) : bag).build());
            }
            PKCS12SafeBagBuilder keyBag =
                    new PKCS12SafeBagBuilder(PrivateKeyInfo.getInstance(key.reveal()), encryptor(secret, random));
            byte[] store = new PKCS12PfxPduBuilder()
                    .addEncryptedData(encryptor(secret, random), certificates.toArray(PKCS12SafeBag[]::new))
                    .addData(named(keyBag, alias).build())
                    .build(
                            new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                                    .setProvider(Bouncy.PROVIDER)
                                    .setIterationCount(ITERATIONS),
                            secret)
                    .getEncoded(ASN1Encoding.DER);
            return SecretValue.of(store);
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
            throw new UnfitException("the keystore cannot be made", "use a key of RSA, EC or Ed25519");
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** Whether Java itself opens the keystore with that password and finds exactly this in it. */
    static boolean holds(
            SecretValue store, SecretValue password, String alias, SecretValue key, List<X509Certificate> chain) {
        char[] secret = chars(password);
        try {
            KeyStore opened = KeyStore.getInstance("PKCS12");
            opened.load(new ByteArrayInputStream(store.reveal()), secret);
            Key found = opened.getKey(alias, secret);
            Certificate[] certificates = opened.getCertificateChain(alias);
            return Collections.list(opened.aliases()).equals(List.of(alias))
                    && found != null
                    && certificates != null
                    && Arrays.equals(found.getEncoded(), asJavaHoldsIt(found.getAlgorithm(), key))
                    && encoded(List.of(certificates)).equals(encoded(chain));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // Another password, another format, or a key that Java does not know: each of them means no.
            return false;
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** A key can be encoded in more than one way; the JDK picks its own. */
    private static byte[] asJavaHoldsIt(String algorithm, SecretValue key) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(key.reveal()))
                .getEncoded();
    }

    private static List<ByteBuffer> encoded(List<? extends Certificate> chain) throws CertificateEncodingException {
        List<ByteBuffer> encoded = new ArrayList<>();
        for (Certificate certificate : chain) {
            encoded.add(ByteBuffer.wrap(certificate.getEncoded()));
        }
        return encoded;
    }

    private static PKCS12SafeBagBuilder named(PKCS12SafeBagBuilder bag, String alias) {
        return bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(alias))
                .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(LOCAL_KEY_ID));
    }

    private static OutputEncryptor encryptor(char[] password, SecureRandom random) throws OperatorCreationException {
        PBKDF2Config derivation = new PBKDF2Config.Builder()
                .withPRF(PBKDF2Config.PRF_SHA256)
                .withIterationCount(ITERATIONS)
                .withSaltLength(SALT_LENGTH)
                .build();
        return new JcePKCSPBEOutputEncryptorBuilder(derivation, NISTObjectIdentifiers.id_aes256_CBC)
                .setProvider(Bouncy.PROVIDER)
                .setRandom(random)
                .build(password);
    }

    private static char[] chars(SecretValue password) {
        CharBuffer chars = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(password.reveal()));
        char[] copy = new char[chars.remaining()];
        chars.get(copy);
        return copy;
    }
}
