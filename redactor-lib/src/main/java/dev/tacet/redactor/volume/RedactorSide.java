package dev.tacet.redactor.volume;

import java.util.List;

/** The redactor's side: it answers each announcement once the needles that it speaks of are in force. */
final class RedactorSide implements SidecarLink.Side {
    private final String name;
    private final Needles needles;

    /** What an announcement is about. */
    interface Needles {
        /** Reads the volume and puts what it read in force; false when that failed. */
        boolean readAgain();
    }

    RedactorSide(String name, Needles needles) {
        this.name = name;
        this.needles = needles;
    }

    @Override
    public byte[] hello() {
        return PeerMessage.hello(PeerMessage.REDACTOR, name);
    }

    @Override
    public void connected() {
        needles.readAgain();
    }

    @Override
    public List<byte[]> told(PeerMessage message) {
        return switch (message.type()) {
            // Silence when it failed: the sidecar counts and reports that, and a wrong word would be a leak.
            case PeerMessage.ANNOUNCE ->
                needles.readAgain() ? List.of(PeerMessage.ready(message.generation())) : List.of();
            case PeerMessage.PUBLISHED -> {
                needles.readAgain();
                yield List.of();
            }
            default -> List.of(); // for a later version
        };
    }
}
