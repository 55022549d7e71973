package io.sightline.hub.bench;

import io.sightline.engine.motion.MotionFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** P5: what the motion gate saves, and what it misses, on drawn scenes, which know the truth. */
final class MotionBench {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);
    private static final Duration LENGTH = Duration.ofMinutes(20);

    private MotionBench() {}

    static List<Figure> figures(BenchPlan plan) {
        plan.progress().accept("P5: drawn scenes, in every kind of weather");
        var measured = MotionFigures.measure(SEEDS, LENGTH);
        double millis = measured.rows().stream()
                .mapToDouble(MotionFigures.Row::gateMillis)
                .average()
                .orElse(0);
        String frames = String.format(
                Locale.ROOT, "inferences per frame, %.1f %% of frames in motion", 100 * measured.moving());
        var figures = new ArrayList<Figure>();
        figures.add(row("event recall against ungated", measured.recall(), new Limit(0.99, 1.0)));
        figures.add(row(frames, measured.looked(), new Limit(0.15, 0.08)));
        figures.add(row("inferences per frame, still noisy scene", measured.lookedStill(), new Limit(0.01, 0.004))
                .with(String.format(
                        Locale.ROOT,
                        "%d kinds of weather, %d scenes of %d minutes each; the gate takes %.2f ms per frame",
                        measured.rows().size(),
                        SEEDS.size(),
                        LENGTH.toMinutes(),
                        millis)));
        measured.rows().forEach(row -> figures.add(weather(row)));
        return figures;
    }

    private static Figure weather(MotionFigures.Row row) {
        String name = "inferences per frame, " + row.weather().name().toLowerCase(Locale.ROOT);
        return Figure.alone("P5", name, row.looked(), Verdict.MEASURED)
                .with(String.format(
                        Locale.ROOT,
                        "%.4f where nobody comes; %d of %d events found, at worst %.1f s later than ungated",
                        row.lookedStill(),
                        row.found(),
                        row.events(),
                        row.latest().toMillis() / 1000.0));
    }

    private static Figure row(String name, double value, Limit limit) {
        return Figure.alone("P5", name, value, limit.verdict(value, 0));
    }
}
