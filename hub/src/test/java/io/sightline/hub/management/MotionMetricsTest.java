package io.sightline.hub.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.engine.motion.Verdict;
import io.sightline.hub.cameras.MotionCounts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MotionMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MotionCounts counts = new MotionCounts();
    private Set<String> cameras = Set.of("gate");
    private final MotionMetrics metrics = new MotionMetrics(registry, counts, () -> cameras);

    @Test
    void shouldCountWhatWasLookedAtAndPassedOverByReason() {
        // Given
        counts.judged("gate", new Verdict.Look(Verdict.Why.AFTER_MOTION, List.of(), List.of()));
        counts.judged("gate", new Verdict.Skip(Verdict.WhyNot.STILL));
        counts.judged("gate", new Verdict.Skip(Verdict.WhyNot.STILL));
        counts.judged("gate", new Verdict.Skip(Verdict.WhyNot.SPECKS));

        // When
        metrics.refresh();

        // Then
        assertThat(count("looked", "after-motion")).isEqualTo(1);
        assertThat(count("looked", "forced")).isZero();
        assertThat(count("skipped", "still")).isEqualTo(2);
        assertThat(counts.looked("gate")).isEqualTo(1);
        assertThat(counts.skipped("gate")).isEqualTo(3);
    }

    @Test
    void shouldForgetACameraThatIsGone() {
        counts.judged("gate", new Verdict.Skip(Verdict.WhyNot.STILL));
        metrics.refresh();

        cameras = Set.of();
        metrics.refresh();

        assertThat(registry.getMeters()).isEmpty();
        assertThat(counts.skipped("gate")).isZero();
    }

    private double count(String what, String reason) {
        return registry.get("sightline.camera.frames." + what)
                .tags("camera", "gate", "reason", reason)
                .functionCounter()
                .count();
    }
}
