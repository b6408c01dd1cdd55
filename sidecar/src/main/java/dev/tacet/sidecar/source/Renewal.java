package dev.tacet.sidecar.source;

/** What asking for a longer lease gave. */
public sealed interface Renewal {

    /** It was extended, though perhaps by less than was asked for. */
    record Renewed(Lease lease) implements Renewal {}

    /** The vault knows no such lease, or extends it no more: another credential is needed. */
    record Over(String why) implements Renewal {}

    /** No answer that says either. */
    record Failed(Failure failure) implements Renewal {}
}
