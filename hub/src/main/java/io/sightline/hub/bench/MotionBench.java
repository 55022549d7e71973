package io.sightline.hub.bench;

import io.sightline.engine.motion.MotionFigures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** P5: what the motion gate saves, and what it misses, on drawn scenes, which know the truth. */
final class MotionBench {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);
    private static final Duration LENGTH = Duration.ofMinutes(20);

    private MotionBench() {}

    static List<Figure> figures(BenchPlan plan) {
        plan.progress().accept("P5: drawn scenes, in every kind of weather");
        var figures = MotionFigures.measure(SEEDS, LENGTH);
        double millis = figures.rows().stream()
                .mapToDouble(MotionFigures.Row::gateMillis)
                .average()
                .orElse(0);
        return List.of(
                row("event recall against ungated", figures.recall(), new Limit(0.99, 1.0)),
                row("inferences per frame, 5 % of frames in motion", figures.looked(), new Limit(0.15, 0.08)),
                row("inferences per frame, still noisy scene", figures.lookedStill(), new Limit(0.01, 0.004))
                        .with(String.format(
                                Locale.ROOT,
                                "%d kinds of weather, %d scenes of %d minutes each; the gate takes %.2f ms per frame",
                                figures.rows().size(),
                                SEEDS.size(),
                                LENGTH.toMinutes(),
                                millis)));
    }

    private static Figure row(String name, double value, Limit limit) {
        return Figure.alone("P5", name, value, limit.verdict(value, 0));
    }
}
