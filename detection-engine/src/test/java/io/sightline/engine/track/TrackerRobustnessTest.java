package io.sightline.engine.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What broken detectors, cameras and clocks send. */
@Timeout(120)
class TrackerRobustnessTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final SeenObject PERSON = person(100, 60);

    private final Tracker tracker = new Tracker(TrackerSettings.defaults(0.6));
    private final List<Track> started = new ArrayList<>();
    private final List<Track> ended = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long sequence;

    @Test
    void shouldBearAThousandBoxesInOneFrame() {
        // Given: as a detector gives them that does not thin out, all on the same place, or all over the picture
        var random = new Random(3);
        var heap = new ArrayList<SeenObject>();
        var carpet = new ArrayList<SeenObject>();
        for (int k = 0; k < 1000; k++) {
            heap.add(person(300 + random.nextDouble(), 200 + random.nextDouble()));
            carpet.add(person(k % 40 * 15, k / 40 * 18));
        }

        // When
        long before = allocated();
        for (int i = 0; i < 5; i++) {
            after(200, i % 2 == 0 ? heap : carpet);
        }

        // Then
        assertThat((allocated() - before) / 5).as("bytes per frame").isLessThan(10 * MEBIBYTE);
        assertThat(tracker.finish()).hasSizeLessThanOrEqualTo(FrameObjects.LIMIT);
    }

    @Test
    void shouldFollowTheMostCertainOfTooMany() {
        // Given
        var crowd = new ArrayList<SeenObject>();
        for (int k = 0; k < 1000; k++) {
            crowd.add(new SeenObject("person", 0.7 + k / 5000.0, new BoundingBox(20 * k, 100, 10, 25)));
        }

        // When
        for (int i = 0; i < 3; i++) {
            update(new FrameInfo("a", ++sequence, Instant.EPOCH.plusMillis(200 * i), 20_100, 480), crowd);
        }

        // Then
        assertThat(started)
                .hasSize(500)
                .allSatisfy(track -> assertThat(track.box().x()).isGreaterThan(9_000));
    }

    @Test
    void shouldLeaveOutWhatIsNoBox() {
        var broken = new ArrayList<SeenObject>();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            broken.add(new SeenObject("person", 0.9, new BoundingBox(bad, 60, 60, 150)));
            broken.add(new SeenObject("person", 0.9, new BoundingBox(100, 60, 60, bad)));
            broken.add(new SeenObject("person", bad, new BoundingBox(300, 60, 60, 150)));
        }
        broken.add(new SeenObject("person", 0.9, new BoundingBox(10, 10, 0, 0)));
        broken.add(new SeenObject("person", 0.9, new BoundingBox(10, 10, -5, 20)));
        broken.add(PERSON);

        for (int i = 0; i < 5; i++) {
            after(200, broken);
        }

        assertThat(started).singleElement().satisfies(track -> assertThat(track.box())
                .isEqualTo(PERSON.box()));
    }

    @Test
    void shouldLetNoTimePassBetweenFramesOfTheSameTime() {
        for (int i = 0; i < 5; i++) {
            after(200, List.of(PERSON));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(after(0, i % 2 == 0 ? List.of() : List.of(PERSON)).active())
                    .hasSize(1);
        }

        assertThat(started).hasSize(1);
        assertThat(ended).isEmpty();
    }

    @Test
    void shouldStartNothingFromOneMoment() {
        for (int i = 0; i < 10; i++) {
            after(0, List.of(PERSON));
        }

        assertThat(started).isEmpty();
    }

    @Test
    void shouldBearFramesThatComeLate() {
        for (int i = 0; i < 50; i++) {
            after(i % 3 == 2 ? -300 : 250, List.of(PERSON));
        }

        assertThat(started).hasSize(1);
        assertThat(ended).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheClockGoesBackAndStillEndWhatIsGone() {
        // Given
        for (int i = 0; i < 5; i++) {
            after(200, List.of(PERSON));
        }

        // When
        after(-3_600_000, List.of(PERSON));
        for (int i = 0; i < 16; i++) {
            after(200, List.of());
        }

        // Then
        assertThat(started).hasSize(1);
        assertThat(ended).hasSize(1);
    }

    @Test
    void shouldEndAllAfterAGapInWhichAnythingMayHaveHappened() {
        for (int i = 0; i < 5; i++) {
            after(200, List.of(PERSON));
        }

        var update = after(Tracker.LONGEST_GAP.toMillis() + 1, List.of(PERSON));

        assertThat(update.lost()).hasSize(1);
        assertThat(update.active()).isEmpty();
    }

    @Test
    void shouldKeepATrackOverAShortGap() {
        for (int i = 0; i < 5; i++) {
            after(200, List.of(PERSON));
        }

        assertThat(after(2500, List.of(PERSON)).active()).singleElement().satisfies(track -> assertThat(track.seen())
                .isTrue());
    }

    @Test
    void shouldEndAllWhenThePictureChangesItsSize() {
        for (int i = 0; i < 5; i++) {
            after(200, List.of(PERSON));
        }

        var update = update(new FrameInfo("a", ++sequence, now.plusMillis(200), 320, 240), List.of());

        assertThat(update.lost()).extracting(Track::id).containsExactly(1);
    }

    @Test
    void shouldNeverUseAnIdTwiceWhateverComes() {
        // Given
        var random = new Random(5);

        // When: also cuts, gaps and late frames
        for (int i = 0; i < 3000; i++) {
            var seen = new ArrayList<SeenObject>();
            for (int k = random.nextInt(6); k > 0; k--) {
                seen.add(new SeenObject(
                        "person", random.nextDouble(), new BoundingBox(random.nextInt(300), 50, 60, 150)));
            }
            int width = i % 400 == 0 ? 320 : 640;
            now = now.plusMillis(i % 300 == 0 ? 20_000 : random.nextInt(-50, 300));
            update(new FrameInfo("a", ++sequence, now, width, 480), seen);
        }

        // Then
        ended.addAll(tracker.finish());
        assertThat(started).hasSizeGreaterThan(20);
        assertThat(started).extracting(Track::id).doesNotHaveDuplicates().isSorted();
        assertThat(ended).extracting(Track::id).doesNotHaveDuplicates();
        assertThat(ended)
                .extracting(Track::id)
                .containsExactlyInAnyOrderElementsOf(
                        started.stream().map(Track::id).toList());
    }

    private TrackUpdate after(long millis, List<SeenObject> objects) {
        now = now.plus(Duration.ofMillis(millis));
        return update(new FrameInfo("a", ++sequence, now, 640, 480), objects);
    }

    private TrackUpdate update(FrameInfo frame, List<SeenObject> objects) {
        var update = tracker.update(new Observation(frame, objects));
        started.addAll(update.started());
        ended.addAll(update.ended());
        return update;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static SeenObject person(double x, double y) {
        return new SeenObject("person", 0.9, new BoundingBox(x, y, 60, 150));
    }
}
