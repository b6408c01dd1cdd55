package dev.tacet.sidecar.render;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Bouncy Castle's provider, as an object for those who ask it: registered, it would change what the whole process gets
 * from {@code getInstance}. A class of its own because making it takes a noticeable part of a second.
 */
final class Bouncy {
    static final Provider PROVIDER = new BouncyCastleProvider();

    private Bouncy() {}
}
