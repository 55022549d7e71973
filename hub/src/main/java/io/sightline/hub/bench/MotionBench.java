package io.sightline.hub.bench;

import java.util.List;

/** P5: what the motion gate saves, and what it misses, on drawn scenes. */
final class MotionBench {
    private MotionBench() {}

    static List<Figure> figures(BenchPlan plan) throws SkippedException {
        throw new SkippedException("this build has no motion gate");
    }

    /** As rows: shares of events and of frames, without a reference, since the drawn scenes know the truth. */
    static List<Figure> rows(double recall, double busy, double still) {
        return List.of(
                row("event recall against ungated", recall, new Limit(0.99, 1.0)),
                row("inferences per frame, 5 % of frames in motion", busy, new Limit(0.15, 0.08)),
                row("inferences per frame, still noisy scene", still, new Limit(0.01, 0.004)));
    }

    private static Figure row(String name, double value, Limit limit) {
        return Figure.alone("P5", name, value, limit.verdict(value, 0));
    }
}
