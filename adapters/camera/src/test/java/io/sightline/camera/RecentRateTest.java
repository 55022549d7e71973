package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final RecentRate rate = new RecentRate();

    @Test
    void shouldTellHowManyCameLately() {
        assertThat(rate.perSecond(0)).isZero();

        for (int i = 0; i <= 100; i++) {
            rate.came(1, i * SECOND / 10);
        }

        assertThat(rate.perSecond(10 * SECOND)).isEqualTo(10);
        assertThat(rate.perSecond(15 * SECOND)).isEqualTo(10);
        assertThat(rate.perSecond(15 * SECOND + 1)).isZero();
    }

    @Test
    void shouldTellTheRateOfPicturesThatAreToldOfTogether() {
        for (int i = 0; i < 5; i++) {
            rate.came(250, i * 10 * SECOND);
        }

        assertThat(rate.perSecond(49 * SECOND)).isEqualTo(25);
        assertThat(rate.perSecond(71 * SECOND)).isZero();
    }
}
