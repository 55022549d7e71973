package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaTimelineTest {
    private final MediaTimeline timeline = new MediaTimeline(10);

    @Test
    void shouldStartAtZeroAndFollowTheStream() {
        assertThat(at(7_000)).isZero();
        assertThat(at(7_100)).isEqualTo(100);
        assertThat(at(7_350)).isEqualTo(350);
    }

    @Test
    void shouldBridgeJumpsBackAndFarAhead() {
        at(7_000);
        assertThat(at(100)).isEqualTo(100);
        assertThat(at(200)).isEqualTo(200);
        assertThat(at(60_000)).isEqualTo(300);
        assertThat(at(60_050)).isEqualTo(350);
    }

    @Test
    void shouldGrowByOneStepWhereAClockWrapsOrIsSetHoursAhead() {
        long wrap = (1L << 33) / 90;
        at(wrap - 100);
        assertThat(at(wrap)).isEqualTo(100);
        assertThat(at(50)).isEqualTo(200);
        assertThat(at(-wrap)).isEqualTo(300);
        assertThat(at(7_200_000)).isEqualTo(400);
        assertThat(at(7_200_100)).isEqualTo(500);
    }

    @Test
    void shouldGrowByStepsWhereTheClockStandsStill() {
        at(7_000);
        assertThat(at(7_000)).isEqualTo(100);
        assertThat(at(7_000)).isEqualTo(200);
    }

    @Test
    void shouldCountStepsWhereTimeStampsAreMissing() {
        assertThat(timeline.step().toMillis()).isZero();
        assertThat(timeline.step().toMillis()).isEqualTo(100);
    }

    private long at(long millis) {
        return timeline.at(millis * 1_000_000).toMillis();
    }
}
