package io.sightline.engine.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackerTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private final Tracker tracker = new Tracker(TrackerSettings.defaults(0.6));
    private final List<Track> started = new ArrayList<>();
    private final List<Track> ended = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long sequence;

    @Test
    void shouldStartATrackOnceItIsCertain() {
        for (int i = 0; i < 2; i++) {
            assertThat(at(5, person(100 + 10 * i, 0.9)).active()).isEmpty();
        }

        var update = at(5, person(120, 0.9));

        assertThat(update.started()).singleElement().satisfies(track -> {
            assertThat(track.id()).isEqualTo(1);
            assertThat(track.label()).isEqualTo("person");
            assertThat(track.since()).isEqualTo(Instant.EPOCH.plusMillis(200));
        });
        assertThat(update.active()).isEqualTo(update.started());
        assertThat(tracker.sightingsBeforeStart(1))
                .extracting(sighting -> sighting.frame().sequence())
                .containsExactly(1L, 2L, 3L);
        assertThat(tracker.oldestDoubtfulFrame()).isEmpty();
    }

    @Test
    void shouldNotStartATrackFromAFlickerOrFromHints() {
        for (int i = 0; i < 50; i++) {
            at(25, i % 20 == 0 ? person(300, 0.9) : person(100, 0.5));
        }

        assertThat(started).isEmpty();
    }

    @Test
    void shouldKeepTwoApartWhoCross() {
        for (double fps : new double[] {5, 10, 25}) {
            var own = new TrackerTest();
            for (double t = 0; t < 6; t += 1 / fps) {
                own.at(fps, person(100 + 60 * t, 0.9), person(460 - 60 * t, 100, 0.9));
            }

            assertThat(own.started).hasSize(2);
            var last = own.at(fps, person(460, 0.9), person(100, 100, 0.9));
            assertThat(last.active())
                    .filteredOn(track -> track.box().x() > 300)
                    .extracting(Track::id)
                    .containsExactly(idStartedLeft(own));
        }
    }

    @Test
    void shouldCarryATrackOverAnOcclusion() {
        for (double t = 0; t < 3; t += 0.2) {
            at(5, person(50 + 60 * t, 0.9));
        }
        for (double t = 3; t < 5; t += 0.2) {
            assertThat(at(5).active()).singleElement().satisfies(track -> assertThat(track.seen())
                    .isFalse());
        }

        var again = at(5, person(350, 0.9));

        assertThat(again.active()).singleElement().satisfies(track -> {
            assertThat(track.id()).isEqualTo(1);
            assertThat(track.seen()).isTrue();
        });
        assertThat(started).hasSize(1);
    }

    @Test
    void shouldEndATrackThatIsNotSeenForLong() {
        for (int i = 0; i < 5; i++) {
            at(5, person(100, 0.9));
        }
        for (int i = 0; i < 15; i++) {
            assertThat(at(5).ended()).isEmpty();
        }

        var end = at(5);

        assertThat(end.lost()).extracting(Track::id).containsExactly(1);
        assertThat(end.left()).isEmpty();
        assertThat(at(5).active()).isEmpty();
    }

    @Test
    void shouldEndATrackThatWalksOutOfThePicture() {
        for (int i = 0; i < 12; i++) {
            at(5, person(450 + 15 * i, 0.9));
        }
        var left = new ArrayList<Track>();
        for (int i = 0; i < 15; i++) {
            left.addAll(at(5).left());
        }

        assertThat(left).hasSize(1);
        assertThat(ended).isEqualTo(left);
    }

    @Test
    void shouldCarryOnWithHintsForAMomentOnly() {
        for (int i = 0; i < 10; i++) {
            at(10, person(100, 0.9));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(at(10, person(100, 0.3)).active().get(0).seen()).isTrue();
        }

        assertThat(at(10, person(100, 0.3)).active().get(0).seen()).isFalse();
    }

    @Test
    void shouldTellTheLabelThatWasSeenMost() {
        for (int i = 0; i < 9; i++) {
            at(5, object(i % 3 == 0 ? "truck" : "car", 100, 100, 0.9));
        }

        assertThat(at(5).active()).extracting(Track::label).containsExactly("car");
        assertThat(started).hasSize(1);
    }

    @Test
    void shouldNeverUseAnIdTwice() {
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            var seen = new ArrayList<SeenObject>();
            for (int k = random.nextInt(6); k > 0; k--) {
                seen.add(object("person", random.nextInt(500), random.nextInt(300), random.nextDouble()));
            }
            at(5, seen.toArray(SeenObject[]::new));
        }

        assertThat(started).extracting(Track::id).doesNotHaveDuplicates().isSorted();
        assertThat(ended).extracting(Track::id).doesNotHaveDuplicates();
        ended.addAll(tracker.finish());
        assertThat(ended)
                .extracting(Track::id)
                .hasSameElementsAs(started.stream().map(Track::id).toList());
        assertThat(tracker.finish()).isEmpty();
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new TrackerSettings(2, 0, Duration.ofSeconds(-1), Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("min-confidence")
                .hasMessageContaining("min-sightings")
                .hasMessageContaining("min-age")
                .hasMessageContaining("patience");
    }

    private static int idStartedLeft(TrackerTest test) {
        return test.started.stream()
                .filter(track -> track.box().x() < 300)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private TrackUpdate at(double framesPerSecond, SeenObject... objects) {
        now = now.plusNanos(Math.round(1e9 / framesPerSecond));
        var update =
                tracker.update(new Observation(new FrameInfo("a", ++sequence, now, WIDTH, HEIGHT), List.of(objects)));
        started.addAll(update.started());
        ended.addAll(update.ended());
        return update;
    }

    private static SeenObject person(double x, double confidence) {
        return person(x, 60, confidence);
    }

    private static SeenObject person(double x, double y, double confidence) {
        return object("person", x, y, confidence);
    }

    private static SeenObject object(String label, double x, double y, double confidence) {
        return new SeenObject(label, confidence, new BoundingBox(x, y, 60, 150));
    }
}
