package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PeerUsersTest {
    private long now = -5;

    private PeerUsers users(Integer... uids) {
        try {
            return PeerUsers.of(Set.of(uids), () -> now);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static UserPrincipal user(int uid) {
        try {
            return FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(Integer.toString(uid));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int heard(PeerUsers users, UserPrincipal user, int messages) {
        int heard = 0;
        for (int i = 0; i < messages; i++) {
            heard += users.hears(user) ? 1 : 0;
        }
        return heard;
    }

    @Example
    void admitsAllUnlessSomeAreNamed() {
        assertThat(users().admits(user(4711))).isTrue();
        assertThat(users(4711).admits(user(4711))).isTrue();
        assertThat(users(4711).admits(user(4712))).isFalse();
    }

    @Property(tries = 200)
    void hearsABurstAndThenSoManyASecond(@ForAll @IntRange(min = 0, max = 100) int seconds) {
        PeerUsers users = users();
        assertThat(heard(users, user(1), 3 * PeerUsers.BURST)).isEqualTo(PeerUsers.BURST);
        assertThat(heard(users, user(2), 3 * PeerUsers.BURST))
                .as("another user")
                .isEqualTo(PeerUsers.BURST);
        now += TimeUnit.SECONDS.toNanos(seconds);
        assertThat(heard(users, user(1), 3 * PeerUsers.BURST))
                .isBetween(
                        Math.min(PeerUsers.BURST, seconds * PeerUsers.PER_SECOND) - 1,
                        Math.min(PeerUsers.BURST, seconds * PeerUsers.PER_SECOND));
    }

    @Example
    void keepsNoEndlessListOfUsers() {
        PeerUsers users = users();
        heard(users, user(0), PeerUsers.BURST);
        for (int uid = 1; uid <= 64; uid++) {
            assertThat(users.hears(user(uid))).isTrue();
        }
        assertThat(users.hears(user(0))).as("forgotten").isTrue();
    }
}
