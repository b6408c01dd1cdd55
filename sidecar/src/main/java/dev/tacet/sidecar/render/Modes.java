package dev.tacet.sidecar.render;

/** File modes. */
final class Modes {
    private static final int PERMISSIONS = 0777;

    private Modes() {}

    static void require(int mode) {
        if ((mode & ~PERMISSIONS) != 0) {
            throw new IllegalArgumentException("mode: 0" + Integer.toOctalString(mode));
        }
    }
}
