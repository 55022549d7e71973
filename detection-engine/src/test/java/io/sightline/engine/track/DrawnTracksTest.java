package io.sightline.engine.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.DemoScene;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * People of the drawn scene, who cross and hide each other, seen by a detector that trembles and misses one in ten: the
 * truth is known, so it can be counted how often somebody's track is taken for another. Five frames per second.
 */
class DrawnTracksTest {
    private static final int FRAMES = 150;
    private static final int STEP = 2;

    private final FramePool pool = new FramePool(1, FrameInfo.bytes(DemoScene.WIDTH, DemoScene.HEIGHT));

    /** @param people who were followed @param switches how often the track of one of them changed */
    private record Count(int people, int switches) {}

    @Test
    void shouldKeepPeopleApartWhoCrossAndHideEachOther() {
        int people = 0;
        int switches = 0;
        int blind = 0;
        for (long seed : new long[] {201, 202, 203, 204}) {
            var count = follow(seed, true);
            people += count.people;
            switches += count.switches;
            blind += follow(seed, false).switches;
        }

        assertThat(people).isGreaterThan(15);
        assertThat(switches).as("switches among %s people", people).isLessThanOrEqualTo(people / 10);
        assertThat(switches).as("with colours, against %s without", blind).isLessThanOrEqualTo(blind);
    }

    private Count follow(long seed, boolean inColour) {
        var scene = new DemoScene(seed);
        var random = new Random(seed);
        var tracker = new Tracker(TrackerSettings.defaults(0.6));
        var trackOf = new HashMap<Integer, Integer>();
        int switches = 0;
        for (int i = 1; i <= FRAMES; i++) {
            long number = (long) i * STEP;
            var slot = pool.lease().orElseThrow();
            scene.draw(number, slot.memory());
            var info = new FrameInfo("demo", i, Instant.EPOCH.plusMillis(200L * i), DemoScene.WIDTH, DemoScene.HEIGHT);
            try (var frame = slot.publish(info)) {
                var truth = scene.truth(number);
                var seen = new Observation(info, seen(truth, random));
                var update = tracker.update(seen, inColour ? new FrameColours(frame) : Appearance.UNKNOWN);
                switches += switches(truth, update, trackOf);
            }
        }
        return new Count(trackOf.size(), switches);
    }

    private static List<SeenObject> seen(List<DemoScene.Person> truth, Random random) {
        var seen = new ArrayList<SeenObject>();
        for (var person : truth) {
            boolean missed = random.nextInt(10) == 0;
            var box = trembling(person.box(), random);
            if (person.clear() && !missed) {
                seen.add(new SeenObject("person", 0.8, box));
            }
        }
        return seen;
    }

    private static BoundingBox trembling(BoundingBox box, Random random) {
        double by = box.height() / 50;
        return new BoundingBox(
                box.x() + by * random.nextGaussian(),
                box.y() + by * random.nextGaussian(),
                Math.max(1, box.width() + by * random.nextGaussian()),
                Math.max(1, box.height() + by * random.nextGaussian()));
    }

    private static int switches(List<DemoScene.Person> truth, TrackUpdate update, Map<Integer, Integer> trackOf) {
        int switches = 0;
        for (var track : update.active()) {
            for (var person : truth) {
                if (track.seen() && person.clear() && track.box().overlap(person.box()) > 0.6) {
                    var before = trackOf.put(person.id(), track.id());
                    switches += before == null || before == track.id() ? 0 : 1;
                }
            }
        }
        return switches;
    }
}
