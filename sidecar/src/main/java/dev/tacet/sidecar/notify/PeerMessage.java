package dev.tacet.sidecar.notify;

/** What a peer said in one line. A new kind brings a method of {@link Receiver}. */
sealed interface PeerMessage {

    /** Hands this message to the receiver's method for it. */
    void reach(Peer from, Receiver receiver);

    /** Hears messages, one at a time. */
    interface Receiver {
        void hello(Peer from, Hello hello);

        void ready(Peer from, Ready ready);

        void unusable(Peer from, Unusable unusable);
    }

    /** Who it is; the first message of a peer, and said once. */
    record Hello(Role role, String name) implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.hello(from, this);
        }
    }

    /** The needles of that generation are in force there. */
    record Ready(String generation) implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.ready(from, this);
        }
    }

    /** Of a type that this version does not know: ignored. */
    record Unknown() implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {}
    }

    /**
     * Nothing to go on with.
     *
     * @param reason to stand in a log; quotes nothing
     */
    record Unusable(String reason) implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.unusable(from, this);
        }
    }
}
