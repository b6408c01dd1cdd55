package dev.tacet.sidecar.notify;

/** What a peer said in one line. A new kind brings a method of {@link Receiver}. */
sealed interface PeerMessage {

    /** Hands this message to the receiver's method for it. */
    void reach(Peer from, Receiver receiver);

    /** Hears messages, one at a time. */
    interface Receiver {
        void hello(Peer from, Hello hello);

        void ready(Peer from, Ready ready);

        void ack(Peer from, Ack ack);

        void reject(Peer from, Reject reject);

        void leak(Peer from, Leak leak);

        void status(Peer from);

        void quit(Peer from);

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

    /** That generation is in use there. */
    record Ack(String generation) implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.ack(from, this);
        }
    }

    /** A server refused that version of a secret. */
    record Reject(String secret, String version) implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.reject(from, this);
        }
    }

    /**
     * It was in a log there, and has been masked.
     *
     * @param name the secret's or the rule's
     * @param version empty for rules
     * @param level empty when there was none
     * @param count at least 1
     */
    record Leak(boolean rule, String name, String version, String sink, String logger, String level, long count)
            implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.leak(from, this);
        }
    }

    /** How are things? */
    record Status() implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.status(from);
        }
    }

    /** Come to an end. */
    record Quit() implements PeerMessage {
        @Override
        public void reach(Peer from, Receiver receiver) {
            receiver.quit(from);
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
