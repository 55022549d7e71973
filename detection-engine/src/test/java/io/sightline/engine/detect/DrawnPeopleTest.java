package io.sightline.engine.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.video.DemoScene;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The detector that needs no download must find the people of the scene that needs no camera. */
class DrawnPeopleTest {
    private static final int SMALLEST_PERSON = 128;
    private static final int FRAMES = 24;
    private static final int STEP = 17;

    private int people;
    private int found;
    private int falseAlarms;

    @Test
    void shouldFindTheDrawnPeople() throws Exception {
        var scene = new DemoScene(11);
        var pool = Frames.pool(1, DemoScene.WIDTH, DemoScene.HEIGHT);
        try (var detector = Detectors.open(new DetectorSpec.Hog("people", SMALLEST_PERSON, 0.6))) {
            for (int i = 1; i <= FRAMES; i++) {
                try (var frame = draw(scene, pool, (long) i * STEP)) {
                    score(scene.truth(frame.info().sequence()), detector.detect(frame));
                }
            }
        }

        assertThat(pool.leased()).isZero();
        assertThat(people).isGreaterThan(FRAMES / 2);
        assertThat((double) found / people).as("recall of %s people", people).isGreaterThan(0.85);
        assertThat((double) found / (found + falseAlarms))
                .as("precision, %s false alarms", falseAlarms)
                .isGreaterThan(0.85);
    }

    private void score(List<DemoScene.Person> truth, List<SeenObject> objects) {
        var sure = objects.stream().filter(object -> object.confidence() >= 0.6).toList();
        for (var person : truth) {
            boolean hit = sure.stream().anyMatch(object -> object.box().overlap(person.box()) >= 0.5);
            people += person.clear() ? 1 : 0;
            found += person.clear() && hit ? 1 : 0;
        }
        for (var object : sure) {
            boolean known = truth.stream().anyMatch(person -> object.box().overlap(person.box()) >= 0.5);
            falseAlarms += known ? 0 : 1;
        }
    }

    private static Frame draw(DemoScene scene, FramePool pool, long number) {
        var slot = pool.lease().orElseThrow();
        scene.draw(number, slot.memory());
        return slot.publish(new FrameInfo("demo", number, Instant.EPOCH, DemoScene.WIDTH, DemoScene.HEIGHT));
    }
}
