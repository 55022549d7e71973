package io.sightline.hub.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sightline.engine.motion.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameGapsTest {
    private static final Verdict VERDICT = new Verdict.Look(Verdict.Why.FORCED, List.of(), List.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> cameras = new HashSet<>(Set.of("gate"));
    private final AtomicLong now = new AtomicLong();
    private final FrameGaps gaps = new FrameGaps(registry, () -> cameras, now::get);

    @Test
    void shouldTellTheLongestTimeBetweenTwoFramesOfACamera() {
        for (int millis : new int[] {0, 200, 700, 900}) {
            now.set(TimeUnit.MILLISECONDS.toNanos(millis));
            gaps.judged("gate", VERDICT);
        }

        var timer = registry.get(FrameGaps.NAME).tag("camera", "gate").timer();
        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.max(TimeUnit.MILLISECONDS)).isEqualTo(500);
    }

    @Test
    void shouldForgetACameraThatIsGone() {
        gaps.judged("gate", VERDICT);
        cameras.clear();

        gaps.refresh();

        assertThat(registry.find(FrameGaps.NAME).timer()).isNull();
    }
}
