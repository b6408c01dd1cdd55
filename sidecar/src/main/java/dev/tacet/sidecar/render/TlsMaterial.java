package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.source.SecretData;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A private key and its certificates, checked: the key fits the leaf, and each certificate is signed by the next one.
 *
 * @param key PKCS#8, DER
 * @param chain the leaf and what issued it, without the root; a self-signed leaf is its own chain
 * @param root the self-signed certificate that ends the chain, where the secret holds it
 */
record TlsMaterial(SecretValue key, List<X509Certificate> chain, Optional<X509Certificate> root) {
    private static final String CA_CHAIN = "ca_chain";
    private static final String ISSUING_CA = "issuing_ca";
    private static final byte[] CHALLENGE = {'f', 'i', 't', 's', '?'};

    TlsMaterial {
        chain = List.copyOf(chain);
    }

    /**
     * Reads what a secret holds.
     *
     * @param path of the file that needs it, for messages
     * @throws UnfitException saying what is wrong with it
     */
    static TlsMaterial read(String path, FileSettings.TlsKeys keys, SecretData data) throws UnfitException {
        KeyRef keyRef = new KeyRef(keys.secret(), keys.privateKey());
        KeyRef leafRef = new KeyRef(keys.secret(), keys.certificate());
        PrivateKeyInfo info = PemReader.privateKey(keyRef, value(path, keyRef, data));
        List<X509Certificate> certificates = PemReader.certificates(leafRef, value(path, leafRef, data));
        if (certificates.isEmpty()) {
            throw new UnfitException(
                    leafRef + " holds no PEM certificate", "store the certificate of the private key, leaf first");
        }
        X509Certificate leaf = certificates.get(0);
        if (!fits(keyRef, info, leaf)) {
            throw new UnfitException(
                    keyRef + " does not fit " + leafRef, "store the key and the certificate that were issued together");
        }
        Set<X509Certificate> pool = new LinkedHashSet<>(certificates);
        for (KeyRef ref : issuers(keys, data)) {
            pool.addAll(PemReader.certificates(ref, value(path, ref, data)));
        }
        pool.remove(leaf);
        List<X509Certificate> chain = chain(leaf, pool);
        if (chain.size() == 1 && !pool.isEmpty() && !isIssuer(leaf, leaf)) {
            throw new UnfitException(
                    "none of the certificates beside " + leafRef + " issued it",
                    "store the certificates of its issuers, or none");
        }
        X509Certificate last = chain.get(chain.size() - 1);
        boolean rooted = chain.size() > 1 && isIssuer(last, last);
        return new TlsMaterial(
                der(keyRef, info),
                rooted ? chain.subList(0, chain.size() - 1) : chain,
                rooted ? Optional.of(last) : Optional.empty());
    }

    /** The chain, with the root at its end where it is wanted and there. */
    List<X509Certificate> chain(boolean withRoot) {
        List<X509Certificate> whole = new ArrayList<>(chain);
        root.filter(certificate -> withRoot).ifPresent(whole::add);
        return whole;
    }

    private static List<KeyRef> issuers(FileSettings.TlsKeys keys, SecretData data) {
        if (keys.chain().isPresent()) {
            return List.of(new KeyRef(keys.secret(), keys.chain().get()));
        }
        for (String key : List.of(CA_CHAIN, ISSUING_CA)) {
            if (data.values().containsKey(key)) {
                return List.of(new KeyRef(keys.secret(), key));
            }
        }
        return List.of();
    }

    private static SecretValue value(String path, KeyRef ref, SecretData data) throws UnfitException {
        SecretValue value = data.values().get(ref.key());
        if (value == null) {
            Problem missing = SecretCheck.missing(path, ref);
            throw new UnfitException(missing.message(), missing.hint());
        }
        return value;
    }

    /** What the leaf leads to; certificates that it does not lead to, such as another way up, are left out. */
    private static List<X509Certificate> chain(X509Certificate leaf, Set<X509Certificate> pool) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent()) {
            X509Certificate last = next.get();
            // Never twice: two that signed each other would go round for ever.
            next = pool.stream()
                    .filter(candidate -> !chain.contains(candidate) && isIssuer(candidate, last))
                    .findFirst();
            next.ifPresent(chain::add);
        }
        return chain;
    }

    private static boolean isIssuer(X509Certificate issuer, X509Certificate of) {
        if (!issuer.getSubjectX500Principal().equals(of.getIssuerX500Principal())) {
            return false;
        }
        try {
            of.verify(issuer.getPublicKey(), Bouncy.PROVIDER);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // A name alone is no proof. Strange keys make the provider throw more than it declares.
            return false;
        }
    }

    private static boolean fits(KeyRef ref, PrivateKeyInfo info, X509Certificate leaf) throws UnfitException {
        String algorithm;
        byte[] signature;
        try {
            PrivateKey key =
                    new JcaPEMKeyConverter().setProvider(Bouncy.PROVIDER).getPrivateKey(info);
            algorithm = algorithm(key.getAlgorithm());
            Signature signer = Signature.getInstance(algorithm, Bouncy.PROVIDER);
            signer.initSign(key);
            signer.update(CHALLENGE);
            signature = signer.sign();
        } catch (GeneralSecurityException | PEMException | RuntimeException e) {
            // Given a key with impossible numbers, the provider throws whatever its parts throw.
            throw new UnfitException(ref + " cannot sign", "store a private key of RSA, EC, Ed25519 or Ed448");
        }
        try {
            Signature verifier = Signature.getInstance(algorithm, Bouncy.PROVIDER);
            verifier.initVerify(leaf.getPublicKey());
            verifier.update(CHALLENGE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // A key of another kind, or a signature of another length, is no error of the reader.
            return false;
        }
    }

    private static String algorithm(String key) {
        return switch (key.toUpperCase(Locale.ROOT)) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key;
        };
    }

    private static SecretValue der(KeyRef ref, PrivateKeyInfo info) throws UnfitException {
        try {
            // Without the public key that may be in it: it needs a later version of the format, which not all read.
            PrivateKeyInfo alone = new PrivateKeyInfo(
                    info.getPrivateKeyAlgorithm(), info.getPrivateKey().getOctets());
            return SecretValue.of(alone.getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UnfitException(ref + " cannot be written as PKCS#8", "store the private key as PKCS#8");
        }
    }
}
