package io.sightline.hub.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.engine.detect.DetectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
    void shouldMeasureTheWaitAndTheLookOfEachCamera() {
        for (int i = 1; i <= 100; i++) {
            metrics.inferred("gate", Duration.ofMillis(i), Duration.ofMillis(20));
        }

        var queue = registry.get("sightline.camera.queue").tag("camera", "gate").timer();
        var inference =
                registry.get("sightline.camera.inference").tag("camera", "gate").timer();
        assertThat(queue.takeSnapshot().percentileValues())
                .extracting(one -> Math.round(one.value(TimeUnit.MILLISECONDS) / 10))
                .containsExactly(5L, 10L, 10L);
        assertThat(inference.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2000);
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
        assertThat(registry.find("sightline.camera.queue").timers()).hasSize(1);
        assertThat(registry.find("sightline.camera.inference").timers()).hasSize(1);
    }
}
