package io.sightline.engine.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.offline.FrameResult.TrackedBox;
import io.sightline.engine.track.Appearance;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.FrameInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten frames per second; one object that walks 10 pixels per frame. */
class RecordingTest {
    private final List<FrameResult> written = new ArrayList<>();
    private final Recording recording =
            new Recording(new Tracker(TrackerSettings.defaults(0.6)), List.of(new Collecting()));
    private int frame;

    @Test
    void shouldTellWhereAnObjectWasThatWasHiddenForAMoment() throws IOException {
        walk(10);
        hide(5);
        walk(10);
        recording.finish();

        assertThat(frames()).isEqualTo(numbers(1, 25));
        assertThat(written)
                .allSatisfy(result -> assertThat(result.boxes()).singleElement().satisfies(tracked -> {
                    assertThat(tracked.trackId()).isEqualTo(1);
                    assertThat(tracked.box().x()).isBetween(place(result) - 4.0, place(result) + 4.0);
                }));
        assertThat(recording.found().get("person").boxes()).isEqualTo(25);
    }

    @Test
    void shouldNotGuessOverALongGap() throws IOException {
        walk(10);
        hide(7);
        walk(10);
        recording.finish();

        assertThat(frames()).isEqualTo(numbers(1, 27));
        assertThat(written.subList(10, 17))
                .allSatisfy(result -> assertThat(result.boxes()).isEmpty());
        assertThat(written.get(17).boxes()).extracting(TrackedBox::trackId).containsExactly(1);
    }

    @Test
    void shouldHoldBackNoMoreThanTheGapThatItFills() throws IOException {
        walk(10);

        hide(20);

        assertThat(written).hasSizeGreaterThanOrEqualTo(29);
    }

    @Test
    void shouldWriteAllAtTheEnd() throws IOException {
        walk(10);
        hide(3);
        recording.finish();

        assertThat(frames()).isEqualTo(numbers(1, 13));
    }

    private void walk(int frames) throws IOException {
        for (int i = 0; i < frames; i++) {
            frame++;
            add(List.of(new SeenObject("person", 0.9, new BoundingBox(10 * frame, 100, 60, 150))));
        }
    }

    private void hide(int frames) throws IOException {
        for (int i = 0; i < frames; i++) {
            frame++;
            add(List.of());
        }
    }

    private void add(List<SeenObject> objects) throws IOException {
        var info = new FrameInfo("recording", frame, Instant.EPOCH.plusMillis(100L * frame), 640, 480);
        recording.add(new Observation(info, objects), Duration.ofMillis(100L * frame), Appearance.UNKNOWN);
    }

    private static double place(FrameResult result) {
        return 10.0 * result.frame().sequence();
    }

    private List<Long> frames() {
        return written.stream().map(result -> result.frame().sequence()).toList();
    }

    private static List<Long> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Long::valueOf).toList();
    }

    private final class Collecting implements ResultWriter {
        @Override
        public void write(FrameResult result) {
            written.add(result);
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }
}
