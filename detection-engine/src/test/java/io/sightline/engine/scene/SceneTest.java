package io.sightline.engine.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.FrameInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SceneTest {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 500;
    private static final double PERSON = 100;

    /** The lower right quarter, down to the picture's border. */
    private static final Zone CROSSING = zone("crossing", Set.of(), Duration.ZERO);

    /** From the top to the bottom in the middle: its right, seen from the start, is the left of the picture. */
    private static final Line KERB = new Line("kerb", new Point(0.5, 0.2), new Point(0.5, 0.8), Set.of());

    private Instant now = Instant.EPOCH;
    private final List<SceneChange> changes = new ArrayList<>();

    @Test
    void shouldTellWhoEntersAndLeavesAZone() {
        var scene = new Scene(List.of(CROSSING), List.of());

        walk(scene, 300, 900, 400);
        assertThat(scene.zonesOf(1)).containsExactly("crossing");
        walk(scene, 900, 300, 400);

        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).isInstanceOf(SceneChange.Entered.class);
        assertThat(changes.get(1)).isInstanceOfSatisfying(SceneChange.Left.class, left -> assertThat(left.stayed())
                .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9)));
        assertThat(scene.zonesOf(1)).isEmpty();
    }

    @Test
    void shouldNotFlickerOnABorder() {
        var scene = new Scene(List.of(CROSSING), List.of(KERB));
        walk(scene, 600, 501, 350);
        changes.clear();
        var random = new Random(1);

        for (int i = 0; i < 5000; i++) {
            move(scene, 500 + 1.5 * random.nextGaussian(), 350);
        }

        assertThat(changes).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldTellOfADwellOncePerVisit() {
        var scene = new Scene(List.of(zone("crossing", Set.of(), Duration.ofSeconds(2))), List.of());

        walk(scene, 300, 700, 400);
        stand(scene, 700, 400, 50);
        walk(scene, 700, 300, 400);
        walk(scene, 300, 700, 400);
        stand(scene, 700, 400, 50);

        assertThat(changes)
                .hasExactlyElementsOfTypes(
                        SceneChange.Entered.class,
                        SceneChange.Dwelled.class,
                        SceneChange.Left.class,
                        SceneChange.Entered.class,
                        SceneChange.Dwelled.class);
    }

    @Test
    void shouldCountFeetThatThePictureCutsOff() {
        var scene = new Scene(List.of(CROSSING), List.of());

        walk(scene, 300, 900, HEIGHT);

        assertThat(changes).hasExactlyElementsOfTypes(SceneChange.Entered.class);
    }

    @Test
    void shouldLeaveWhenATrackEnds() {
        var scene = new Scene(List.of(CROSSING), List.of());
        walk(scene, 300, 900, 400);
        changes.clear();

        var track = track(900, 400, "person", false);
        changes.addAll(scene.update(List.of(), List.of(track), frame()));

        assertThat(changes).hasExactlyElementsOfTypes(SceneChange.Left.class);
        assertThat(scene.zonesOf(1)).containsExactly("crossing");
        scene.update(List.of(), List.of(), frame());
        assertThat(scene.zonesOf(1)).isEmpty();
    }

    @Test
    void shouldLookAtWantedLabelsOnly() {
        var line = new Line("kerb", KERB.from(), KERB.to(), Set.of("car"));
        var scene = new Scene(List.of(zone("crossing", Set.of("car"), Duration.ZERO)), List.of(line));

        walk(scene, 300, 900, 350);

        assertThat(changes).isEmpty();
    }

    @Test
    void shouldTellTheDirectionInWhichALineIsCrossed() {
        var scene = new Scene(List.of(), List.of(KERB));

        walk(scene, 300, 700, 250);
        walk(scene, 700, 300, 250);

        assertThat(changes)
                .map(change -> ((SceneChange.Crossed) change).direction())
                .containsExactly("b-to-a", "a-to-b");
        assertThat(scene.linesCrossedBy(1)).containsExactly("kerb");
    }

    @Test
    void shouldNotCountWhoGoesRoundTheLinesEnd() {
        var scene = new Scene(List.of(), List.of(KERB));

        walk(scene, 300, 700, 450);

        assertThat(changes).isEmpty();
    }

    @Test
    void shouldCountACrossingThatNobodySaw() {
        var scene = new Scene(List.of(), List.of(KERB));
        walk(scene, 300, 400, 250);
        changes.addAll(scene.update(List.of(track(450, 250, "person", false)), List.of(), frame()));

        move(scene, 650, 250);

        assertThat(changes).hasExactlyElementsOfTypes(SceneChange.Crossed.class);
    }

    @Test
    void shouldCountTremblingCrossingsExactly() {
        var random = new Random(2);
        for (int round = 0; round < 500; round++) {
            var scene = new Scene(List.of(), List.of(KERB));
            changes.clear();
            for (double x = 300; x < 700; x += 4) {
                move(scene, x + 1.5 * random.nextGaussian(), 250 + random.nextGaussian());
            }

            assertThat(changes).hasExactlyElementsOfTypes(SceneChange.Crossed.class);
        }
    }

    @Test
    void shouldTellHowManyAreIn() {
        var scene = new Scene(List.of(CROSSING), List.of());
        var one = track(600, 400, "person", true);
        var two = new Track(2, "person", 0.9, new BoundingBox(780, 300, 40, PERSON), true, Instant.EPOCH);

        update(scene, List.of(one), List.of());
        update(scene, List.of(one, two), List.of());
        assertThat(scene.occupancy("crossing")).isEqualTo(2);
        update(scene, List.of(two), List.of(one));

        assertThat(changes)
                .map(change -> change instanceof SceneChange.Entered entered
                        ? entered.occupancy()
                        : ((SceneChange.Left) change).occupancy())
                .containsExactly(1, 2, 1);
        assertThat(scene.occupancy("crossing")).isEqualTo(1);
        assertThat(scene.occupancy("elsewhere")).isZero();
    }

    @Test
    void shouldTellOfACrowdThatLasts() {
        var zone = new Zone(
                "crossing", CROSSING.polygon(), Set.of(), Duration.ZERO, Priority.LOW, 2, Duration.ofSeconds(1));
        var scene = new Scene(List.of(zone), List.of());
        var one = track(600, 400, "person", true);
        var two = new Track(2, "person", 0.9, new BoundingBox(780, 300, 40, PERSON), true, Instant.EPOCH);

        for (int i = 0; i < 5; i++) { // a moment only
            update(scene, List.of(one, two), List.of());
        }
        update(scene, List.of(one), List.of(two));
        changes.clear();
        var three = new Track(3, "person", 0.9, two.box(), true, Instant.EPOCH);
        for (int i = 0; i < 30; i++) {
            update(scene, List.of(one, three), List.of());
        }
        for (int i = 0; i < 30; i++) {
            update(scene, List.of(one), i == 0 ? List.of(three) : List.of());
        }

        assertThat(changes)
                .hasExactlyElementsOfTypes(
                        SceneChange.Entered.class,
                        SceneChange.CrowdStarted.class,
                        SceneChange.Left.class,
                        SceneChange.CrowdEnded.class);
        assertThat(changes.get(1)).isEqualTo(new SceneChange.CrowdStarted("crossing", 2));
        assertThat(((SceneChange.CrowdEnded) changes.get(3)).lasted())
                .isBetween(Duration.ofMillis(2500), Duration.ofMillis(3500));
    }

    @Test
    void shouldCountLinesByLabelAndDirection() {
        var scene = new Scene(List.of(), List.of(KERB));

        walk(scene, 300, 700, 250);
        walk(scene, 700, 300, 250);
        walk(scene, 300, 700, 250);

        assertThat(scene.counts("kerb")).containsOnlyKeys("person");
        assertThat(scene.count("kerb")).isEqualTo(new LineCount(1, 2));
        assertThat(scene.count("elsewhere")).isEqualTo(LineCount.NONE);
    }

    @Test
    void shouldNotCountWhoWaitsOnALine() {
        var scene = new Scene(List.of(), List.of(KERB));
        var random = new Random(3);
        walk(scene, 300, 500, 250);

        for (int i = 0; i < 600; i++) { // a minute of stepping to and fro
            move(scene, 500 + 12 * Math.sin(i / 7.0) + random.nextGaussian(), 250);
        }
        assertThat(changes).isEmpty();
        walk(scene, 500, 600, 250);

        assertThat(changes).hasExactlyElementsOfTypes(SceneChange.Crossed.class);
    }

    @Test
    void shouldCountWhoWasHiddenAtTheLineAndCameBackAsAnotherTrack() {
        var scene = new Scene(List.of(), List.of(KERB));
        walk(scene, 300, 470, 250);
        for (double x = 480; x < 540; x += 10) {
            update(scene, List.of(track(x, 250, "person", false)), List.of());
        }
        for (double x = 540; x < 700; x += 10) {
            var box = new BoundingBox(x - 20, 250 - PERSON, 40, PERSON);
            var fresh = new Track(2, "person", 0.9, box, true, Instant.EPOCH);
            update(scene, List.of(track(x, 250, "person", false), fresh), List.of());
        }

        assertThat(changes).hasExactlyElementsOfTypes(SceneChange.Crossed.class);
    }

    @Test
    void shouldBearAThousandTracks() {
        var scene = new Scene(List.of(CROSSING), List.of(KERB));
        var crowd = new ArrayList<Track>();
        for (int i = 0; i < 1000; i++) {
            var box = new BoundingBox(i % 40 * 24, i / 40 * 16, 20, 40);
            crowd.add(new Track(i + 1, "person", 0.9, box, true, Instant.EPOCH));
        }

        update(scene, crowd, List.of());
        update(scene, List.of(), crowd);

        assertThat(scene.occupancy("crossing")).isZero();
        assertThat(changes).isNotEmpty();
    }

    @Test
    void shouldNameAllProblemsOfADrawing() {
        var two = new Zone("two", List.of(new Point(0, 0), new Point(1, 1)), Set.of(), Duration.ZERO);
        var bow = new Zone("bow", square(0, 0, 1, 1, 1, 0, 0, 1), Set.of(), Duration.ofSeconds(-1));
        var wide = new Zone("wide", square(0.5, 0.5, 1.2, 0.5, 1.2, 1, -0.1, 1), Set.of(), Duration.ZERO);
        var far = new Line("far", new Point(0.5, 0.5), new Point(0.5, 1.5), Set.of());
        var dot = new Line("dot", new Point(0.5, 0.5), new Point(0.5, 0.5), Set.of());

        assertThatThrownBy(() -> new Scene(List.of(two, bow, wide), List.of(far, dot)))
                .hasMessageContaining("zone 'two': polygon has 2 points")
                .hasMessageContaining("zone 'bow'")
                .hasMessageContaining("must not cross")
                .hasMessageContaining("min-dwell")
                .hasMessageContaining("zone 'wide': point [1.2, 0.5] is outside")
                .hasMessageContaining("line 'far': point [0.5, 1.5] is outside")
                .hasMessageContaining("line 'dot'")
                .hasMessageContaining("must differ");
    }

    @Test
    void shouldFindNothingWrongWithGoodDrawings() {
        var hook = List.of(
                new Point(0, 0),
                new Point(1, 0),
                new Point(1, 1),
                new Point(0.5, 1),
                new Point(0.5, 0.5),
                new Point(0, 0.5));

        assertThat(SceneProblems.of(CROSSING)).isEmpty();
        assertThat(SceneProblems.of(new Zone("hook", hook, Set.of(), Duration.ZERO)))
                .isEmpty();
        assertThat(SceneProblems.of(KERB)).isEmpty();
    }

    @Test
    void shouldFindSpikesAndDoubledPoints() {
        assertThat(SceneProblems.of(new Zone("s", square(0, 0, 1, 0, 0.5, 0, 0.5, 1), Set.of(), Duration.ZERO)))
                .singleElement()
                .asString()
                .contains("must not cross");
        assertThat(SceneProblems.of(new Zone("d", square(0, 0, 1, 0, 1, 0, 0.5, 1), Set.of(), Duration.ZERO)))
                .singleElement()
                .asString()
                .contains("twice");
        assertThat(SceneProblems.of(new Zone("n", square(0, 0, 1, 0, Double.NaN, 1, 0, 1), Set.of(), Duration.ZERO)))
                .isNotEmpty();
    }

    private void walk(Scene scene, double from, double to, double y) {
        double step = to > from ? 10 : -10;
        for (double x = from; (to - x) * step >= 0; x += step) {
            move(scene, x, y);
        }
    }

    private void stand(Scene scene, double x, double y, int frames) {
        for (int i = 0; i < frames; i++) {
            move(scene, x, y);
        }
    }

    private void move(Scene scene, double x, double y) {
        changes.addAll(scene.update(List.of(track(x, y, "person", true)), List.of(), frame()));
    }

    private void update(Scene scene, List<Track> active, List<Track> ended) {
        changes.addAll(scene.update(active, ended, frame()));
    }

    private FrameInfo frame() {
        now = now.plusMillis(100);
        return new FrameInfo("a", 1, now, WIDTH, HEIGHT);
    }

    private static Track track(double x, double y, String label, boolean seen) {
        var box = new BoundingBox(x - 20, y - PERSON, 40, PERSON);
        return new Track(1, label, 0.9, box, seen, Instant.EPOCH);
    }

    private static Zone zone(String id, Set<String> labels, Duration minDwell) {
        return new Zone(id, square(0.5, 0.5, 1, 0.5, 1, 1, 0.5, 1), labels, minDwell);
    }

    private static List<Point> square(double... coordinates) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < coordinates.length; i += 2) {
            points.add(new Point(coordinates[i], coordinates[i + 1]));
        }
        return points;
    }
}
