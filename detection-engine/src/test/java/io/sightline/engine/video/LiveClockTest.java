package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LiveClockTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final SetClock now = new SetClock();
    private final LiveClock live = new LiveClock(now);

    @Test
    void shouldFollowTheStreamFromTheFirstPictureOn() {
        assertThat(at(0, 0)).isEqualTo(START);
        assertThat(at(250, 100)).isEqualTo(START.plusMillis(100));
        assertThat(at(300, 200)).isEqualTo(START.plusMillis(200));
    }

    @Test
    void shouldNeverBeInTheFuture() {
        at(0, 0);
        assertThat(at(50, 100)).isEqualTo(START.plusMillis(50));
        assertThat(at(150, 200)).isEqualTo(START.plusMillis(150));
    }

    @Test
    void shouldAnchorAnewWhenTheClocksDriftApart() {
        at(0, 0);
        assertThat(at(5000, 100)).isEqualTo(START.plusMillis(5000));
        assertThat(at(5100, 200)).isEqualTo(START.plusMillis(5100));
    }

    @Test
    void shouldNeverGoBackWhateverTheStreamsClockDoes() {
        // Given: media times as a timeline makes them of jumps by seconds
        var timeline = new MediaTimeline(10);
        long[] stamps = {0, 100, 5_100, 5_200, 300, 400, 400, 9_000_000, 9_000_100, 500, 8_000, 8_100};
        var last = Instant.EPOCH;

        for (int i = 0; i < stamps.length; i++) {
            // When
            Instant captured = at(i * 100L, timeline.at(stamps[i] * 1_000_000).toMillis());

            // Then
            assertThat(captured).as("picture " + i).isAfter(last).isBeforeOrEqualTo(START.plusMillis(i * 100L));
            last = captured;
        }
    }

    private Instant at(long arrivalMillis, long mediaMillis) {
        now.instant = START.plusMillis(arrivalMillis);
        return live.capturedAt(Duration.ofMillis(mediaMillis));
    }

    private static final class SetClock extends Clock {
        private Instant instant = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return instant;
        }
    }
}
