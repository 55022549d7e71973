package io.sightline.hub.bench;

import io.sightline.engine.scene.LineCountFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How exactly lines are counted, on drawn walkers whose crossings are known. */
final class LineBench {
    private static final String ID = "LINES";
    private static final List<Long> SEEDS = List.of(21L, 22L, 23L, 24L, 25L);
    private static final int CROSSINGS = 10_000;
    private static final Limit LIMIT = new Limit(0.99, 0.999);

    private LineBench() {}

    static List<Figure> figures(BenchPlan plan) {
        var figures = new ArrayList<Figure>();
        int crossings = 0;
        int missed = 0;
        int extra = 0;
        for (long seed : SEEDS) {
            plan.progress().accept("lines: drawn walkers, seed " + seed);
            var result = LineCountFigures.measure(CROSSINGS, seed);
            figures.add(row("crossings counted exactly, seed " + seed, result));
            crossings += result.crossings();
            missed += result.missed();
            extra += result.extra();
        }
        figures.add(row("together", new LineCountFigures.Result(crossings, missed, extra, 0)));
        return figures;
    }

    private static Figure row(String name, LineCountFigures.Result result) {
        return Figure.alone(ID, name, result.exact(), LIMIT.verdict(result.exact(), 0))
                .with(String.format(
                        Locale.ROOT,
                        "%d crossings, %d missed, %d extra",
                        result.crossings(),
                        result.missed(),
                        result.extra()));
    }
}
