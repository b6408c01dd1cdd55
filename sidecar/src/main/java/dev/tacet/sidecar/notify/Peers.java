package dev.tacet.sidecar.notify;

import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections, and what is said on them. Belongs to the socket's thread. */
final class Peers implements PeerMessage.Receiver {
    static final int MOST = 16;

    private static final Logger log = LoggerFactory.getLogger(Peers.class);
    // Peers choose their names, and may come back as often as they like.
    private static final int MOST_WARNINGS = 64;

    private final List<Peer> connected = new ArrayList<>();
    private final Set<String> warnings = new HashSet<>();
    private final PeerReports reports;
    private final PeerRequests requests;
    private final Acknowledgements acknowledgements;
    private final PeerUsers users;
    private @Nullable Round latest;

    Peers(PeerReports reports, PeerRequests requests, Acknowledgements acknowledgements, PeerUsers users) {
        this.reports = reports;
        this.requests = requests;
        this.acknowledgements = acknowledgements;
        this.users = users;
    }

    boolean isFull() {
        return connected.size() >= MOST;
    }

    boolean admits(UserPrincipal user) {
        return users.admits(user);
    }

    void add(Peer peer) {
        connected.add(peer);
    }

    /** Begins a round: the redactors now connected are told, and the round is told of them. */
    void announce(Round round) {
        latest = round;
        List<Peer> redactors =
                connected.stream().filter(peer -> peer.is(Role.REDACTOR)).toList();
        round.begin(redactors);
        say(round.announce(), redactors::contains);
    }

    void published(SidecarMessage.Published published) {
        boolean ahead = acknowledgements.told(
                published.generation(),
                connected.stream().filter(peer -> peer.is(Role.APPLICATION)).toList());
        if (ahead) {
            requests.acknowledged();
        }
        say(published, peer -> peer.is(Role.REDACTOR) || peer.is(Role.APPLICATION));
    }

    /** Takes what a peer has sent. */
    void receive(Peer peer) throws IOException {
        if (!peer.receive()) {
            hangUp(peer);
            return;
        }
        for (byte[] line = peer.takeLine(); line != null; line = peer.takeLine()) {
            if (users.hears(peer.user())) {
                MessageReader.read(line).reach(peer, this);
            } else {
                drop(peer, "says more than " + PeerUsers.PER_SECOND + " messages a second");
            }
            if (!connected.contains(peer)) {
                return;
            }
        }
        if (peer.isOverlong()) {
            drop(peer, "sent a line of more than 4096 bytes");
        }
    }

    @Override
    public void hello(Peer from, PeerMessage.Hello hello) {
        if (from.isIntroduced()) {
            drop(from, "said hello twice");
            return;
        }
        from.introduce(hello);
        if (!from.is(Role.OPERATOR)) {
            acknowledgements.came(from, from.is(Role.APPLICATION));
        }
        if (from.is(Role.REDACTOR) && latest != null) {
            // It may have read the needles before that announcement. Nobody waits for its answer.
            say(latest.announce(), from::equals);
        }
    }

    @Override
    public void ready(Peer from, PeerMessage.Ready ready) {
        if (latest != null && latest.isAnsweredBy(ready)) {
            latest.ready(from);
        }
        // Behind it: a round that times out at this moment would call it silent for good.
        from.answered();
    }

    @Override
    public void ack(Peer from, PeerMessage.Ack ack) {
        if (mayOnly(Role.APPLICATION, from, "acknowledged")) {
            reports.ack();
            acknowledgements.acknowledged(from, ack.generation());
            requests.acknowledged();
        }
    }

    @Override
    public void reject(Peer from, PeerMessage.Reject reject) {
        if (mayOnly(Role.APPLICATION, from, "rejected")) {
            reports.reject();
            requests.rejected(reject.secret(), reject.version());
        }
    }

    @Override
    public void leak(Peer from, PeerMessage.Leak leak) {
        if (mayOnly(Role.REDACTOR, from, "reported a leak")) {
            reports.leak(from, leak);
        }
    }

    @Override
    public void status(Peer from) {
        if (mayOnly(Role.OPERATOR, from, "asked for the state")) {
            say(new SidecarMessage.State(requests.status()), from::equals);
        }
    }

    @Override
    public void quit(Peer from) {
        if (mayOnly(Role.OPERATOR, from, "asked for the end") && !requests.quit()) {
            drop(from, "asked for the end, which the configuration does not allow");
        }
    }

    private boolean mayOnly(Role role, Peer from, String did) {
        if (!from.is(role)) {
            drop(from, did + " without the role for it");
        }
        return from.is(role);
    }

    @Override
    public void unusable(Peer from, PeerMessage.Unusable unusable) {
        drop(from, unusable.reason());
    }

    /** Hangs up on a peer that misbehaved, and says so once. */
    void drop(Peer peer, String reason) {
        hangUp(peer);
        warn("hung up on " + peer.name() + ", which " + reason);
    }

    /** Warns of what a peer did: each warning once, and not without end. */
    void warn(String what) {
        if (warnings.size() < MOST_WARNINGS && warnings.add(what)) {
            log.warn("pod-local socket: {}", what);
        }
    }

    void hangUp(Peer peer) {
        connected.remove(peer);
        acknowledgements.gone(peer);
        try {
            peer.close();
        } catch (IOException e) {
            log.debug("closing a connection failed: {}", e.getMessage());
        }
        if (latest != null) {
            latest.gone(peer);
        }
    }

    void hangUpOnAll() {
        List.copyOf(connected).forEach(this::hangUp);
    }

    private void say(SidecarMessage message, Predicate<Peer> listeners) {
        List<byte[]> lines = message.lines();
        // A copy, because who cannot be told is hung up on.
        for (Peer peer : connected.stream().filter(listeners).toList()) {
            try {
                for (byte[] line : lines) {
                    if (!peer.send(line)) {
                        drop(peer, "does not read what it is sent");
                        break;
                    }
                }
            } catch (IOException e) {
                log.debug("{} hung up while it was written to: {}", peer.name(), e.getMessage());
                hangUp(peer);
            }
        }
    }
}
