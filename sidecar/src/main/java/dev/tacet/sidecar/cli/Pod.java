package dev.tacet.sidecar.cli;

import java.util.UUID;

/** What tells this pod from all others. */
final class Pod {
    private Pod() {}

    /**
     * The pod's UID from {@code TACET_POD_UID}, which the downward API can set; else the host name, which is the pod's
     * name; else something random.
     */
    static String uid() {
        for (String name : new String[] {"TACET_POD_UID", "HOSTNAME"}) {
            String value = System.getenv(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return UUID.randomUUID().toString();
    }
}
