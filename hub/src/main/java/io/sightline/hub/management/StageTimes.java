package io.sightline.hub.management;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code sightline_stage_duration_seconds{stage}}: how long a frame, and what was seen in it, takes on its way.
 *
 * <pre>
 *  capture ──► detect (queue, infer) ──► track ──► publish
 *  └─────── handled ──────────┘                     │
 *  └──────────────────────── total ────────────────────┘
 * </pre>
 */
final class StageTimes {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    StageTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(String stage, Duration took) {
        timers.computeIfAbsent(stage, this::timer).record(took.isNegative() ? Duration.ZERO : took);
    }

    private Timer timer(String stage) {
        return Timer.builder("sightline.stage.duration")
                .description("Time that one stage takes, from the picture to the spine")
                .tag("stage", stage)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
