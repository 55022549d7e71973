package io.sightline.engine.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatedRunTest {
    private static final int FRAMES = 150;
    private static final int FROM = 50;
    private static final int TO = 90;

    private final List<FrameResult> results = new ArrayList<>();
    private final AtomicInteger looked = new AtomicInteger();

    @Test
    void shouldFindTheSameWithFarFewerLooks() throws Exception {
        var ungated = run(new WalkerSeer(), MotionSettings.everyFrame());
        int all = looked.getAndSet(0);
        var found = List.copyOf(results);
        results.clear();

        var gated = run(new WalkerSeer(), MotionSettings.defaults());

        assertThat(results).usingRecursiveComparison().isEqualTo(found);
        assertThat(ungated.skipped()).isZero();
        assertThat(all).isEqualTo(FRAMES);
        assertThat(looked.get()).isBetween(TO - FROM, TO - FROM + 55); // 3 s of patience, at 10 pictures a second
        assertThat(gated.skipped()).isEqualTo(FRAMES - looked.get());
    }

    @Test
    void shouldTellWhatMovesAsObjects() throws Exception {
        try (var detector = Detectors.open(new DetectorSpec.Motion("motion", 0.6))) {
            run(detector, null);
        }

        var boxes = results.stream().filter(result -> !result.boxes().isEmpty()).toList();
        assertThat(boxes).hasSizeBetween(TO - FROM - 6, TO - FROM + 3);
        assertThat(boxes).allSatisfy(result -> {
            var box = result.boxes().get(0);
            assertThat(box.label()).isEqualTo("motion");
            assertThat(box.trackId()).isEqualTo(1);
            assertThat(box.box().overlap(Walk.box(result.frame().sequence()))).isGreaterThan(0.4);
        });
    }

    private DetectRun run(Detector detector, @Nullable MotionSettings motion) throws Exception {
        ResultWriter writer = new ResultWriter() {
            @Override
            public void write(FrameResult result) {
                results.add(result);
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        var outputs = new DetectRun.Outputs(List.of(writer), List.of(), (done, total) -> {});
        var run = new DetectRun(detector, TrackerSettings.defaults(0.6), outputs, 2);
        if (motion != null) {
            run.gatedBy(motion);
        }
        run.run(new Walk());
        assertThat(run.leased()).isZero();
        return run;
    }

    /** Sees the walker of the video in every picture that it is shown. */
    private final class WalkerSeer implements Detector {
        @Override
        public DetectorInfo info() {
            return new DetectorInfo("seer", "seer", "0".repeat(64), List.of("person"));
        }

        @Override
        public List<SeenObject> detect(Frame frame) {
            looked.incrementAndGet();
            long number = frame.info().sequence();
            return number >= FROM && number < TO ? List.of(new SeenObject("person", 0.9, Walk.box(number))) : List.of();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** A grey picture, ten times a second, through which a dark box walks. */
    private static final class Walk implements VideoSource {
        private static final int WIDTH = 320;
        private static final int HEIGHT = 240;
        private int next;

        /** @param number of the frame, from 1 */
        static BoundingBox box(long number) {
            return new BoundingBox(60 + (number - FROM) * 4.0, 90, 32, 80);
        }

        @Override
        public StreamInfo stream() {
            return new StreamInfo("test", WIDTH, HEIGHT, 10, FRAMES);
        }

        @Override
        public Optional<Picture> next(Duration patience) throws EndOfVideoException {
            if (next == FRAMES) {
                throw new EndOfVideoException("end");
            }
            return Optional.of(new Drawn(++next));
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private record Drawn(int number) implements VideoSource.Picture {
        @Override
        public Instant capturedAt() {
            return Instant.EPOCH.plus(mediaTime());
        }

        @Override
        public Duration mediaTime() {
            return Duration.ofMillis((number - 1) * 100L);
        }

        @Override
        public int width() {
            return Walk.WIDTH;
        }

        @Override
        public int height() {
            return Walk.HEIGHT;
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            var box = Walk.box(number);
            boolean walks = number >= FROM && number < TO;
            for (int i = 0; i < Walk.WIDTH * Walk.HEIGHT; i++) {
                int x = i % Walk.WIDTH;
                int y = i / Walk.WIDTH;
                boolean inBox = walks && x >= box.x() && x < box.right() && y >= box.y() && y < box.bottom();
                i420.put(i, (byte) (inBox ? 40 : 120));
            }
        }
    }
}
