package io.sightline.hub.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.engine.evaluate.Evaluation;
import io.sightline.engine.evaluate.Score;
import java.util.Locale;

/** Shows scores: one row for all boxes and, where the truth has labels, one for each. */
final class ScoreTable {
    private static final String HEAD = "%-14s %7s %6s %6s %6s %6s %6s %6s %6s %8s %4s %4s%n";
    private static final String[] COLUMNS = {
        "truth", "P", "R", "F1", "AP", "MOTA", "MOTP", "IDF1", "switches", "MT", "ML"
    };
    private static final String BOXES = "%-14s %7d %6.3f %6.3f %6.3f %6.3f";
    private static final String TRACKS = " %6.3f %6.3f %6.3f %8d %4d %4d%n";

    private ScoreTable() {}

    static String text(Evaluation evaluation) {
        var head = new Object[COLUMNS.length + 1];
        head[0] = String.format(Locale.ROOT, "IoU %.2f", evaluation.minOverlap());
        System.arraycopy(COLUMNS, 0, head, 1, COLUMNS.length);
        var text = new StringBuilder(String.format(Locale.ROOT, HEAD, head));
        text.append(row("all", evaluation.score()));
        evaluation.byLabel().forEach((label, score) -> text.append(row(label.isEmpty() ? "no label" : label, score)));
        return text.toString();
    }

    private static String row(String name, Score score) {
        var boxes = score.boxes();
        String row = String.format(
                Locale.ROOT,
                BOXES,
                name,
                boxes.truth(),
                boxes.precision(),
                boxes.recall(),
                boxes.f1(),
                boxes.averagePrecision());
        return row
                + score.tracks()
                        .map(tracks -> String.format(
                                Locale.ROOT,
                                TRACKS,
                                tracks.mota(),
                                tracks.motp(),
                                tracks.idf1(),
                                tracks.switches(),
                                tracks.mostlyTracked(),
                                tracks.mostlyLost()))
                        .orElse(String.format(" (the truth does not tell who is who)%n"));
    }

    static ObjectNode json(Evaluation evaluation, ObjectMapper mapper) {
        ObjectNode root = mapper.createObjectNode();
        root.put("iou", evaluation.minOverlap()).put("frames", evaluation.frames());
        fill(root.putObject("all"), evaluation.score());
        ObjectNode labels = root.putObject("labels");
        evaluation.byLabel().forEach((label, score) -> fill(labels.putObject(label), score));
        return root;
    }

    private static void fill(ObjectNode node, Score score) {
        var boxes = score.boxes();
        node.put("truth", boxes.truth())
                .put("told", boxes.told())
                .put("hits", boxes.hits())
                .put("false_alarms", boxes.falseAlarms())
                .put("misses", boxes.misses())
                .put("precision", boxes.precision())
                .put("recall", boxes.recall())
                .put("f1", boxes.f1())
                .put("ap", boxes.averagePrecision())
                .put("mean_iou", boxes.meanOverlap());
        score.tracks().ifPresent(tracks -> node.put("mota", tracks.mota())
                .put("motp", tracks.motp())
                .put("idf1", tracks.idf1())
                .put("id_precision", tracks.idPrecision())
                .put("id_recall", tracks.idRecall())
                .put("switches", tracks.switches())
                .put("fragments", tracks.fragments())
                .put("mostly_tracked", tracks.mostlyTracked())
                .put("mostly_lost", tracks.mostlyLost())
                .put("objects", tracks.objects())
                .put("tracks", tracks.tracks())
                .put("track_misses", tracks.misses())
                .put("track_false_alarms", tracks.falseAlarms()));
    }
}
