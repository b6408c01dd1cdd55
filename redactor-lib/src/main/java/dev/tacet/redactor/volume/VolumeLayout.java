package dev.tacet.redactor.volume;

/**
 * The names inside a secret volume, which sidecar and library share.
 *
 * <p>The layout is the kubelet's for ConfigMaps and Secrets ({@code AtomicWriter} in its sources): a
 * generation directory, a link {@code ..data} to it that is replaced by rename, and links beside it for readers. Every
 * name that starts with {@link #HIDDEN} is not a secret.
 */
public final class VolumeLayout {
    /** What the names of all that is not a secret start with. */
    public static final String HIDDEN = "..";
    /** The link to the published generation; renaming over it is the commit. */
    public static final String DATA = "..data";
    /** What a generation says of itself; lies inside it. */
    public static final String MANIFEST = "..tacet.json";
    /** The directory of sidecar and redactor. */
    public static final String CONTROL = "..tacet";
    /** In {@link #CONTROL}: what must never appear in a log. */
    public static final String NEEDLES = "needles.json";
    /** In {@link #CONTROL}: the pod-local socket. */
    public static final String SOCKET = "tacet.sock";
    /** In {@link #CONTROL}: held by the one writer. */
    public static final String LOCK = "lock";

    private VolumeLayout() {}
}
