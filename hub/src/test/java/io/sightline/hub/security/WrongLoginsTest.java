package io.sightline.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrongLoginsTest {
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private final TestClock clock = new TestClock();
    private final WrongLogins logins = new WrongLogins(clock);

    @Test
    void shouldLetSomeTriesPassAndThenWaitLongerEachTime() {
        // Given
        wrong("anna", HERE, WrongLogins.FREE_TRIES - 1);
        assertThat(logins.waiting("anna", HERE)).isEmpty();
        // When
        wrong("anna", HERE, 1);
        // Then
        assertThat(logins.waiting("anna", HERE)).contains(Duration.ofSeconds(1));
        clock.pass(Duration.ofSeconds(1));
        assertThat(logins.waiting("anna", HERE)).isEmpty();
        wrong("anna", HERE, 1);
        assertThat(logins.waiting("anna", HERE)).contains(Duration.ofSeconds(2));
        wrong("anna", HERE, 100);
        assertThat(logins.waiting("anna", HERE)).contains(WrongLogins.LONGEST_WAIT);
    }

    @Test
    void shouldNotLockOutTheSameNameAtAnotherAddress() {
        wrong("anna", HERE, 100);

        assertThat(logins.waiting("anna", THERE)).isEmpty();
    }

    @Test
    void shouldSlowDownAnAddressThatTriesManyNamesButNotWhoLoggedInThereBefore() {
        // Given
        logins.right("bert", HERE);
        // When
        for (int i = 0; i < 100; i++) {
            wrong("name" + i, HERE, 1);
        }
        // Then
        assertThat(logins.waiting("somebody", HERE)).isPresent();
        assertThat(logins.waiting("bert", HERE)).isEmpty();
        assertThat(logins.waiting("somebody", THERE)).isEmpty();
    }

    @Test
    void shouldTakeAWholeIpv6NetworkForOneAddress() {
        wrong("anna", "2001:db8:1:2:3:4:5:6", 10);

        assertThat(logins.waiting("anna", "2001:db8:1:2:9:9:9:9")).isPresent();
        assertThat(logins.waiting("anna", "2001:db8:1:3:9:9:9:9")).isEmpty();
    }

    @Test
    void shouldForgetAfterARightLoginAndAfterALongTime() {
        wrong("anna", HERE, 10);
        logins.right("anna", HERE);
        assertThat(logins.waiting("anna", HERE)).isEmpty();

        wrong("bert", HERE, 10);
        clock.pass(WrongLogins.FORGOTTEN_AFTER.plusSeconds(1));
        wrong("bert", HERE, 1);
        assertThat(logins.waiting("bert", HERE)).isEmpty();
    }

    private void wrong(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            logins.wrong(name, address);
        }
    }
}
