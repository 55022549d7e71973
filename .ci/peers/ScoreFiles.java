import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.evaluate.Evaluation;
import io.sightline.engine.evaluate.Score;
import io.sightline.engine.evaluate.Truth;
import io.sightline.engine.offline.FrameResult;
import io.sightline.engine.offline.FrameResult.TrackedBox;
import io.sightline.engine.video.FrameInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Scores files in the MOT format with the engine: {@code ScoreFiles IOU FRAMES TRUTH RESULT [TRUTH RESULT]…}, one JSON object a line. */
public final class ScoreFiles {
    public static void main(String[] arguments) throws Exception {
        double overlap = Double.parseDouble(arguments[0]);
        int frames = Integer.parseInt(arguments[1]);
        for (int i = 2; i < arguments.length; i += 2) {
            print(score(Truth.read(Path.of(arguments[i])), Path.of(arguments[i + 1]), overlap, frames));
        }
    }

    private static Score score(Truth truth, Path result, double overlap, int frames) throws Exception {
        var boxes = new TreeMap<Integer, List<TrackedBox>>();
        for (String line : Files.readAllLines(result)) {
            String[] part = line.split(",");
            var box = new BoundingBox(number(part[2]), number(part[3]), number(part[4]), number(part[5]));
            boxes.computeIfAbsent(Integer.valueOf(part[0]), frame -> new ArrayList<>())
                    .add(new TrackedBox(Integer.parseInt(part[1]), "person", number(part[6]), box));
        }
        var evaluation = new Evaluation(truth, overlap);
        for (int frame = 1; frame <= frames; frame++) {
            var info = new FrameInfo("score", frame, Instant.EPOCH, 1920, 1080);
            evaluation.write(new FrameResult(info, Duration.ZERO, boxes.getOrDefault(frame, List.of())));
        }
        return evaluation.score();
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static void print(Score score) {
        var boxes = score.boxes();
        var tracks = score.tracks().orElseThrow();
        System.out.printf(
                java.util.Locale.ROOT,
                "{\"gt\":%d,\"det\":%d,\"TP\":%d,\"P\":%.9f,\"R\":%.9f,\"F1\":%.9f,\"AP\":%.9f,\"mean_iou\":%.9f,"
                        + "\"MOTA\":%.9f,\"IDF1\":%.9f,\"IDP\":%.9f,\"IDR\":%.9f,\"IDSW\":%d,\"FRAG\":%d,\"MT\":%d,"
                        + "\"ML\":%d,\"gt_ids\":%d,\"res_ids\":%d,\"trk_FP\":%d,\"trk_FN\":%d}%n",
                boxes.truth(), boxes.told(), boxes.hits(), boxes.precision(), boxes.recall(), boxes.f1(),
                boxes.averagePrecision(), boxes.meanOverlap(), tracks.mota(), tracks.idf1(), tracks.idPrecision(),
                tracks.idRecall(), tracks.switches(), tracks.fragments(), tracks.mostlyTracked(), tracks.mostlyLost(),
                tracks.objects(), tracks.tracks(), tracks.falseAlarms(), tracks.misses());
    }
}
