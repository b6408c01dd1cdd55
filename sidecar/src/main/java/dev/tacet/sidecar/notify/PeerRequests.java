package dev.tacet.sidecar.notify;

import java.util.List;

/** What peers ask of the sidecar. Called on the socket's thread, which must not be held up. */
public interface PeerRequests {

    /** An application says that a server refused this version of a secret; both are a peer's own words. */
    void rejected(String secret, String version);

    /** An application says that it uses a generation. */
    void acknowledged();

    /**
     * An operator asks for the end.
     *
     * @return whether it is granted
     */
    boolean quit();

    /** An operator asks how things are: JSON objects, one a line, each of at most 4000 bytes. */
    List<String> status();
}
