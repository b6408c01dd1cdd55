package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A new key, and the request to sign it (RFC 2986).
 *
 * @param key PKCS #8 in PEM
 * @param pem the request in PEM, which holds no secret
 */
record SigningRequest(SecretValue key, String pem) {

    /**
     * Makes a key on P-256, or of 2048 bits where {@code key_type} is {@code rsa}, and a request for the names among the
     * parameters: {@code common_name}, {@code alt_names} and {@code ip_sans}, as the engine takes them.
     */
    static SigningRequest make(Map<String, String> parameters) throws SourceException {
        boolean rsa = parameters.getOrDefault("key_type", "ec").equals("rsa");
        try {
            KeyPair pair = pair(rsa);
            X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
            subject.addRDN(BCStyle.CN, parameters.getOrDefault("common_name", ""));
            JcaPKCS10CertificationRequestBuilder request =
                    new JcaPKCS10CertificationRequestBuilder(subject.build(), pair.getPublic());
            List<GeneralName> names = names(parameters);
            if (!names.isEmpty()) {
                ExtensionsGenerator extensions = new ExtensionsGenerator();
                extensions.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
                request.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            byte[] signed = request.build(new JcaContentSignerBuilder(rsa ? "SHA256withRSA" : "SHA256withECDSA")
                            .build(pair.getPrivate()))
                    .getEncoded();
            return new SigningRequest(
                    SecretValue.ofUtf8(pem("PRIVATE KEY", pair.getPrivate().getEncoded())),
                    pem("CERTIFICATE REQUEST", signed));
        } catch (GeneralSecurityException | OperatorCreationException | IOException | IllegalArgumentException e) {
            throw Answers.unusable(
                    "no signing request can be made of the parameters", "check common_name, alt_names and ip_sans");
        }
    }

    private static KeyPair pair(boolean rsa) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
        generator.initialize(rsa ? 2048 : 256, new SecureRandom());
        return generator.generateKeyPair();
    }

    private static List<GeneralName> names(Map<String, String> parameters) {
        List<GeneralName> names = new ArrayList<>();
        String common = parameters.getOrDefault("common_name", "");
        String alternative = parameters.getOrDefault("alt_names", "");
        for (String name : List.of((common + "," + alternative).split(","))) {
            if (!name.isBlank()) {
                names.add(new GeneralName(GeneralName.dNSName, name.strip()));
            }
        }
        for (String address : List.of(parameters.getOrDefault("ip_sans", "").split(","))) {
            if (!address.isBlank()) {
                names.add(new GeneralName(GeneralName.iPAddress, address.strip()));
            }
        }
        return names;
    }

    private static String pem(String type, byte[] der) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new PemObject(type, der));
        }
        return text.toString();
    }
}
