package dev.tacet.sidecar.notify;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;

/**
 * The users behind the connections: which may connect, and how much each may say. The kernel names them
 * ({@code SO_PEERCRED}), so nobody can pretend to be another. Only the socket's thread uses it.
 *
 * <p>A user may say {@link #BURST} messages at once and {@link #PER_SECOND} in each second, over all its connections:
 * many times what redactors and applications have to say, and little enough not to keep the sidecar from its work.
 */
final class PeerUsers {
    static final int BURST = 1_000;
    static final int PER_SECOND = 50;
    /** More users in one pod have never been seen; then all begin anew. */
    private static final int MOST = 64;

    private static final double NANOS = 1e9;

    private final Set<UserPrincipal> admitted;
    private final LongSupplier nanoTime;
    private final Map<UserPrincipal, Allowance> allowances = new HashMap<>();

    /** How many messages were left at that time. */
    private record Allowance(double left, long at) {
        Allowance later(long now) {
            return new Allowance(Math.min(BURST, left + (now - at) / NANOS * PER_SECOND), now);
        }
    }

    private PeerUsers(Set<UserPrincipal> admitted, LongSupplier nanoTime) {
        this.admitted = admitted;
        this.nanoTime = nanoTime;
    }

    /**
     * The users that may connect.
     *
     * @param uids their numbers; none for all that the socket's mode lets in
     */
    static PeerUsers of(Set<Integer> uids, LongSupplier nanoTime) throws IOException {
        Set<UserPrincipal> admitted = new HashSet<>();
        for (int uid : uids) {
            // A number that no user of the machine has is a principal too.
            admitted.add(FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(Integer.toString(uid)));
        }
        return new PeerUsers(admitted, nanoTime);
    }

    /** Who is at the other end. */
    static UserPrincipal behind(SocketChannel channel) throws IOException {
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    }

    boolean admits(UserPrincipal user) {
        return admitted.isEmpty() || admitted.contains(user);
    }

    /** Whether a user may say one thing more now. */
    boolean hears(UserPrincipal user) {
        long now = nanoTime.getAsLong();
        if (allowances.size() >= MOST && !allowances.containsKey(user)) {
            allowances.clear();
        }
        Allowance allowance =
                allowances.getOrDefault(user, new Allowance(BURST, now)).later(now);
        boolean heard = allowance.left >= 1;
        allowances.put(user, heard ? new Allowance(allowance.left - 1, now) : allowance);
        return heard;
    }
}
