package io.sightline.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.offline.FrameResult;
import io.sightline.engine.offline.FrameResult.TrackedBox;
import io.sightline.engine.offline.MotWriter;
import io.sightline.engine.video.FrameInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hand-made cases: two people, ten frames, boxes of 10x20. */
class EvaluationTest {
    private static final int FRAMES = 10;
    private static final Offset<Double> EXACT = within(1e-12);

    @TempDir
    Path folder;

    private final List<String> truth = new ArrayList<>();
    private final List<Box> told = new ArrayList<>();

    private record Box(int frame, int id, double x, double confidence) {
        String line(int flag) {
            return frame + "," + id + "," + x + ",0,10,20," + flag;
        }

        Box withId(int other) {
            return new Box(frame, other, x, confidence);
        }

        Box movedBy(double pixels) {
            return new Box(frame, id, x + pixels, confidence);
        }
    }

    private static List<Box> twoPeople() {
        var boxes = new ArrayList<Box>();
        for (int frame = 1; frame <= FRAMES; frame++) {
            boxes.add(new Box(frame, 1, 40 + frame, 1));
            boxes.add(new Box(frame, 2, 80 + frame, 1));
        }
        return boxes;
    }

    private static List<Box> alarms(double confidence) {
        var boxes = new ArrayList<Box>();
        for (int frame = 1; frame <= FRAMES; frame++) {
            boxes.add(new Box(frame, 9, 400, confidence));
        }
        return boxes;
    }

    private void expect(List<Box> boxes, int flag) {
        boxes.forEach(box -> truth.add(box.line(flag)));
    }

    private Score score() throws Exception {
        return evaluation("gt.txt").score();
    }

    private Evaluation evaluation(String name) throws Exception {
        var evaluation = new Evaluation(Truth.read(Files.write(folder.resolve(name), truth)), 0.5);
        for (int frame = 1; frame <= FRAMES; frame++) {
            int now = frame;
            evaluation.write(result(
                    frame,
                    told.stream()
                            .filter(box -> box.frame == now)
                            .map(box ->
                                    new TrackedBox(box.id, "person", box.confidence, new BoundingBox(box.x, 0, 10, 20)))
                            .toList()));
        }
        return evaluation;
    }

    private static FrameResult result(int frame, List<TrackedBox> boxes) {
        return new FrameResult(new FrameInfo("test", frame, Instant.EPOCH, 640, 480), Duration.ZERO, boxes);
    }

    @Test
    void shouldGiveFullMarksToTheTruth() throws Exception {
        expect(twoPeople(), 1);
        told.addAll(twoPeople());

        Score score = score();

        assertThat(score.boxes()).isEqualTo(new Score.Boxes(20, 20, 0, 1, 1, 1, 1, 1));
        assertThat(score.tracks()).contains(new Score.Tracks(1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 0, 2, 2));
    }

    @Test
    void shouldGiveNothingForNothing() throws Exception {
        expect(twoPeople(), 1);

        Score score = score();

        assertThat(score.boxes()).isEqualTo(new Score.Boxes(20, 0, 0, 0, 0, 0, 0, 0));
        assertThat(score.tracks()).contains(new Score.Tracks(0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 2, 2, 0));
    }

    @Test
    void shouldTakeABoxThatOverlapsByHalfAndNotOneThatOverlapsLess() throws Exception {
        expect(twoPeople(), 1);
        told.addAll(twoPeople().stream().map(box -> box.movedBy(3)).toList());

        Score close = score();

        assertThat(close.boxes().f1()).isEqualTo(1, EXACT);
        assertThat(close.boxes().meanOverlap()).isEqualTo(7 / 13.0, EXACT);
        assertThat(close.tracks().orElseThrow().motp()).isEqualTo(7 / 13.0, EXACT);
        told.replaceAll(box -> box.movedBy(1));

        Score far = score();

        assertThat(far.boxes().f1()).isZero();
        assertThat(far.tracks().orElseThrow().mota()).isEqualTo(-1, EXACT);
    }

    @Test
    void shouldCountNumbersThatAreExchanged() throws Exception {
        expect(twoPeople(), 1);
        told.addAll(twoPeople().stream()
                .map(box -> box.frame <= 5 ? box : box.withId(3 - box.id))
                .toList());

        var tracks = score().tracks().orElseThrow();

        assertThat(tracks.switches()).isEqualTo(2);
        assertThat(tracks.mota()).isEqualTo(0.9, EXACT);
        assertThat(tracks.idf1()).isEqualTo(0.5, EXACT);
    }

    @Test
    void shouldCountGapsAsFragments() throws Exception {
        expect(twoPeople(), 1);
        told.addAll(twoPeople().stream()
                .filter(box -> box.id != 1 || box.frame != 4 && box.frame != 5)
                .toList());

        Score score = score();

        assertThat(score.boxes().recall()).isEqualTo(0.9, EXACT);
        var tracks = score.tracks().orElseThrow();
        assertThat(tracks.fragments()).isEqualTo(1);
        assertThat(tracks.switches()).isZero();
        assertThat(tracks.mota()).isEqualTo(0.9, EXACT);
        assertThat(tracks.idf1()).isEqualTo(36 / 38.0, EXACT);
    }

    @Test
    void shouldNotLetDoubtfulAlarmsSpoilAveragePrecision() throws Exception {
        expect(twoPeople(), 1);
        told.addAll(twoPeople());
        told.addAll(alarms(0.3));

        Score score = score();

        assertThat(score.boxes().precision()).isEqualTo(2 / 3.0, EXACT);
        assertThat(score.boxes().averagePrecision()).isEqualTo(1, EXACT);
        assertThat(score.tracks().orElseThrow().mota()).isEqualTo(0.5, EXACT);
        assertThat(score.tracks().orElseThrow().idf1()).isEqualTo(0.8, EXACT);
    }

    @Test
    void shouldLowerAveragePrecisionForAlarmsThatAreSure() throws Exception {
        expect(twoPeople(), 1);
        told.addAll(twoPeople().stream().filter(box -> box.frame <= 5).toList());
        told.addAll(alarms(2));

        // ten alarms before ten hits of twenty: half the recall at half the precision
        assertThat(score().boxes().averagePrecision()).isEqualTo(0.25, EXACT);
    }

    @Test
    void shouldNeitherRewardNorPunishWhatNeedNotBeFound() throws Exception {
        expect(twoPeople(), 1);
        expect(alarms(1), 0);
        told.addAll(twoPeople());
        told.addAll(alarms(0.3));

        Score score = score();

        assertThat(score.boxes()).isEqualTo(new Score.Boxes(20, 20, 0, 1, 1, 1, 1, 1));
        assertThat(score.tracks()).contains(new Score.Tracks(1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 0, 2, 2));
    }

    @Test
    void shouldStayWithAPairThatStillFits() throws Exception {
        expect(List.of(new Box(1, 1, 0, 1), new Box(2, 1, 0, 1)), 1);
        told.addAll(List.of(new Box(1, 5, 2, 1), new Box(2, 5, 2, 1), new Box(2, 6, 0, 1)));

        var tracks = score().tracks().orElseThrow();

        assertThat(tracks.switches()).isZero();
        assertThat(tracks.mota()).isEqualTo(0.5, EXACT);
    }

    @Test
    void shouldFindMorePairsThanTheGreedyWould() throws Exception {
        expect(List.of(new Box(1, 1, 0, 1), new Box(1, 2, 3, 1)), 1);
        told.addAll(List.of(new Box(1, 1, 2.9, 1), new Box(1, 2, 5, 1)));

        assertThat(score().tracks().orElseThrow().misses()).isZero();
    }

    @Test
    void shouldScoreBoxesAloneWhereTheTruthKnowsNoIdentities() throws Exception {
        expect(twoPeople().stream().map(box -> box.withId(-1)).toList(), 1);
        told.addAll(twoPeople());

        Score score = score();

        assertThat(score.boxes().f1()).isEqualTo(1, EXACT);
        assertThat(score.tracks()).isEmpty();
    }

    @Test
    void shouldScoreEachLabelWhereTheTruthHasLabels() throws Exception {
        Files.write(folder.resolve("labels.txt"), List.of("car", "person"));
        twoPeople().forEach(box -> truth.add(box.line(1) + "," + box.id + ",1.0"));
        told.addAll(twoPeople());

        var evaluation = evaluation("gt.txt");

        assertThat(evaluation.score().boxes().f1()).isEqualTo(1, EXACT);
        assertThat(evaluation.byLabel()).containsOnlyKeys("car", "person");
        assertThat(evaluation.byLabel().get("car").boxes().recall()).isZero();
        assertThat(evaluation.byLabel().get("person").boxes())
                .isEqualTo(new Score.Boxes(10, 10, 10, 0.5, 1, 2 / 3.0, 0.5, 1));
    }

    @Test
    void shouldNotCountTruthOfFramesThatWereNotRead() throws Exception {
        expect(twoPeople(), 1);
        truth.add("11,1,51,0,10,20,1");
        told.addAll(twoPeople());

        assertThat(score().boxes().misses()).isZero();
    }

    @Test
    void shouldRoundAsTheFileDoes() throws Exception {
        var random = new Random(5);
        var boxes = new ArrayList<TrackedBox>();
        for (int i = 0; i < 500; i++) {
            double half = Math.round(random.nextDouble() * 1000) / 1000.0 + 0.005;
            boxes.add(new TrackedBox(
                    i, "person", random.nextDouble(), new BoundingBox(half - 0.5, half, random.nextDouble() + 1, 9)));
        }
        Path file = folder.resolve("gt.txt");
        try (var writer = new MotWriter(file)) {
            writer.write(result(1, boxes));
        }
        // the flag takes the confidence's place, which is never 0 here
        var evaluation = new Evaluation(Truth.read(file), 0.99999);

        evaluation.write(result(1, boxes));

        assertThat(evaluation.score().boxes().recall()).isEqualTo(1, EXACT);
    }

    @Test
    void shouldRefuseAnOverlapThatIsNone() throws Exception {
        expect(twoPeople(), 1);
        var read = Truth.read(Files.write(folder.resolve("gt.txt"), truth));

        for (double overlap : new double[] {0, -1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Evaluation(read, overlap))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("iou: got " + overlap + ", allowed is more than 0 and at most 1");
        }
    }
}
