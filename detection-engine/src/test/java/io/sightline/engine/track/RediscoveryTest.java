package io.sightline.engine.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People who look red or blue, seen five times a second. */
class RediscoveryTest {
    private static final int RED = 110 << 16 | 105 << 8 | 190;
    private static final int BLUE = 90 << 16 | 160 << 8 | 110;

    private final Tracker tracker = new Tracker(TrackerSettings.defaults(0.6));
    private final List<Track> started = new ArrayList<>();
    private final List<Track> resumed = new ArrayList<>();
    private final List<Track> ended = new ArrayList<>();
    private long frame;

    private record Person(double x, int colour) {}

    @Test
    void shouldKnowAPersonAgainWhoTurnedWhileHidden() {
        // Given: walks right at 50 pixels a second, is hidden for two seconds, and comes back at the same side
        walkThenVanish(RED);

        // When
        for (int i = 0; i < 3; i++) {
            see(new Person(140 - 10 * i, RED));
        }

        // Then
        assertThat(started).extracting(Track::id).containsExactly(1);
        assertThat(resumed).singleElement().satisfies(track -> {
            assertThat(track.id()).isEqualTo(1);
            assertThat(track.since()).isEqualTo(Instant.EPOCH.plusMillis(200));
        });
        assertThat(tracker.sightingsBeforeStart(1)).hasSize(3);
        assertThat(ended).isEmpty();
    }

    @Test
    void shouldNotTakeSomebodyElseForTheLostOne() {
        walkThenVanish(RED);

        for (int i = 0; i < 3; i++) {
            see(new Person(140 - 10 * i, BLUE));
        }

        assertThat(started).extracting(Track::id).containsExactly(1, 2);
        assertThat(resumed).isEmpty();
    }

    @Test
    void shouldNotTakeOneWhoIsTooFarAwayForTheLostOne() {
        for (int i = 0; i < 10; i++) {
            see(new Person(100, RED));
        }

        for (int i = 0; i < 3; i++) {
            see(new Person(560, RED));
        }

        assertThat(started).extracting(Track::id).containsExactly(1, 2);
    }

    @Test
    void shouldNotGiveAnIdToTwo() {
        // Given
        walkThenVanish(RED);

        // When: two who look like the lost one
        for (int i = 0; i < 4; i++) {
            see(new Person(120, RED), new Person(20 + i, RED));
        }

        // Then
        assertThat(started).extracting(Track::id).containsExactly(1, 2);
        assertThat(resumed).extracting(Track::id).containsExactly(1);
    }

    @Test
    void shouldKeepApartWhoMeetAndTurnBack() {
        // Given: they walk up to each other until their boxes overlap by a half, and turn back
        var places = new ArrayList<Integer>();
        for (int x = 100; x <= 300; x += 20) {
            places.add(x);
        }
        for (int x = 280; x >= 100; x -= 20) {
            places.add(x);
        }

        // When
        for (int x : places) {
            see(new Person(x, RED), new Person(630 - x, BLUE));
        }

        // Then
        assertThat(started).hasSize(2);
        var left = started.stream().filter(track -> track.box().x() < 300).findFirst();
        assertThat(see(new Person(100, RED), new Person(530, BLUE)).active())
                .filteredOn(track -> track.box().x() < 300)
                .extracting(Track::id)
                .containsExactly(left.orElseThrow().id());
    }

    @Test
    void shouldWorkWithoutColours() {
        for (int i = 0; i < 10; i++) {
            look(Appearance.UNKNOWN, new Person(100, RED));
        }
        for (int i = 0; i < 5; i++) {
            look(Appearance.UNKNOWN);
        }

        assertThat(look(Appearance.UNKNOWN, new Person(105, RED)).active())
                .singleElement()
                .satisfies(track -> assertThat(track.seen()).isTrue());
    }

    private void walkThenVanish(int colour) {
        for (int i = 0; i < 10; i++) {
            see(new Person(100 + 10 * i, colour));
        }
        for (int i = 0; i < 10; i++) {
            see();
        }
    }

    private TrackUpdate see(Person... people) {
        return look((box, into) -> read(box, people, into), people);
    }

    private TrackUpdate look(Appearance appearance, Person... people) {
        frame++;
        var info = new FrameInfo("a", frame, Instant.EPOCH.plusMillis(200 * frame), 800, 480);
        var objects = Arrays.stream(people)
                .map(person -> new SeenObject("person", 0.9, box(person)))
                .toList();
        var update = tracker.update(new Observation(info, objects), appearance);
        started.addAll(update.started());
        resumed.addAll(update.resumed());
        ended.addAll(update.ended());
        return update;
    }

    private static boolean read(BoundingBox box, Person[] people, Colours into) {
        into.clear();
        for (var person : people) {
            if (box(person).equals(box)) {
                into.add(0, person.colour, 1);
                into.add(1, person.colour, 1);
            }
        }
        return into.finish();
    }

    private static BoundingBox box(Person person) {
        return new BoundingBox(person.x, 100, 60, 150);
    }
}
