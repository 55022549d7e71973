package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.CameraStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ObjectsHealthTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long SECOND = 1_000_000_000L;

    private final ObjectsHealth health = new ObjectsHealth("dock", LIMIT, 0);

    @Test
    void shouldSayNothingUntilTheLimitIsOverAndThenThatItIsSilent() {
        assertThat(health.isWaiting(4 * SECOND)).isTrue();
        assertThat(health.isWaiting(6 * SECOND)).isFalse();
        assertThat(health.status(6 * SECOND).code()).isEqualTo("SILENT");
        health.good(7 * SECOND);
        assertThat(health.status(8 * SECOND)).isEqualTo(CameraStatus.online());
        assertThat(health.status(13 * SECOND).state()).isEqualTo(State.OFFLINE);
    }

    @Test
    void shouldTellWhyListsAreRefused() {
        health.refused("it is no JSON object");
        assertThat(health.isWaiting(SECOND)).isFalse();
        assertThat(health.status(SECOND).code()).isEqualTo("UNREADABLE");
        assertThat(health.status(SECOND).reason()).endsWith("it is no JSON object");
        for (int i = 0; i < 49; i++) {
            health.good(SECOND);
        }
        assertThat(health.status(SECOND)).isEqualTo(CameraStatus.online());
        for (int i = 0; i < 50; i++) {
            if (i % 5 == 0) {
                health.refused("width: allowed is a whole number of pixels");
            } else {
                health.good(2 * SECOND);
            }
        }
        assertThat(health.status(2 * SECOND).state()).isEqualTo(State.DEGRADED);
        assertThat(health.status(2 * SECOND).reason()).contains("a tenth").contains("width");
    }

    @Test
    void shouldWarnOfStrangersForAWhile() {
        health.good(SECOND);
        health.dropped(SECOND);
        assertThat(health.status(2 * SECOND).code()).isEqualTo("LISTS_DROPPED");
        health.good(40 * SECOND);
        assertThat(health.status(40 * SECOND)).isEqualTo(CameraStatus.online());
    }
}
