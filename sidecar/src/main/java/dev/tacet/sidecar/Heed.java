package dev.tacet.sidecar;

/** What becomes of an application's word that a credential was refused. */
enum Heed {
    /** Another is asked for at once. */
    NOW("ok"),
    /** When there may be another one again: an application may say it only once. */
    LATER("later"),
    /** It is of another version, or was said before. */
    NEVER("ignored");

    private final String word;

    Heed(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
