package io.sightline.hub.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.engine.detect.DetectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> cameras = new HashSet<>(Set.of("gate", "dock"));
    private final FrameMetrics metrics = new FrameMetrics(registry, new StageTimes(registry), () -> cameras);

    @Test
    void shouldCountLossesByCause() {
        metrics.lost("gate", DetectionException.Reason.TIMED_OUT);

        assertThat(registry.get(FrameMetrics.LOST)
                        .tags("camera", "gate", "cause", "timed-out")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldForgetACameraThatIsGone() {
        metrics.inferred("gate", Duration.ofMillis(1), Duration.ofMillis(20));
        metrics.inferred("dock", Duration.ofMillis(1), Duration.ofMillis(20));

        cameras.remove("gate");
        metrics.refresh();

        assertThat(registry.find("sightline.camera.frames.inferred").counters())
                .extracting(counter -> counter.getId().getTag("camera"))
                .containsExactly("dock");
    }
}
