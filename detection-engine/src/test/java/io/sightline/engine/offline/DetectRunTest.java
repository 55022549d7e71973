package io.sightline.engine.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.track.Track;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetectRunTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir
    Path folder;

    private final List<Long> progress = new ArrayList<>();
    private final List<Integer> shown = new ArrayList<>();
    private final List<Boolean> recognisable = new ArrayList<>();
    private PrivacySettings privacy = PrivacySettings.NONE;

    @Test
    void shouldWriteEveryFrameOfATrackAlsoThoseBeforeItWasCertain() throws Exception {
        var summary = run(new CountingVideo(30), new WalkerDetector("person"), 3);

        assertThat(summary)
                .isEqualTo(new DetectRun.Summary(30, new TreeMap<>(Map.of("person", new DetectRun.Found(1, 30)))));
        var lines = Files.readAllLines(folder.resolve("out.txt"));
        assertThat(lines).hasSize(30);
        assertThat(lines.get(0)).matches("1,1,\\d+\\.\\d\\d,\\d+\\.\\d\\d,10\\.00,20\\.00,0\\.9000,-1,-1,-1");
        assertThat(lines.get(29)).startsWith("30,1,");
        assertThat(progress).hasSize(30).isSorted();
        assertThat(shown).hasSize(30).startsWith(0, 0, 1).endsWith(1);
    }

    @Test
    void shouldNotDependOnTheNumberOfWorkers() throws Exception {
        run(new CountingVideo(60), new WalkerDetector("person"), 1);
        var alone = Files.readAllLines(folder.resolve("out.txt"));

        run(new CountingVideo(60), new WalkerDetector("person"), 4);

        assertThat(Files.readAllLines(folder.resolve("out.txt"))).isEqualTo(alone);
    }

    @Test
    void shouldWriteOneJsonObjectPerFrame() throws Exception {
        run(new CountingVideo(10), new WalkerDetector("a \"big\"\t\\dog"), 2);

        var lines = Files.readAllLines(folder.resolve("out.jsonl"));
        assertThat(lines).hasSize(10);
        assertThat(lines.get(9))
                .startsWith("{\"frame\":10,\"time\":0.900,\"width\":64,\"height\":48,\"objects\":[{\"track_id\":1,")
                .contains("\"type\":\"a \\\"big\\\"\\u0009\\\\dog\"")
                .endsWith("}}]}");
    }

    @Test
    void shouldWriteWhatWasReadBeforeTheVideoBroke() {
        var broken = new CountingVideo(20) {
            @Override
            VideoException end() {
                return new VideoException(VideoException.Cause.UNREADABLE, "cut off");
            }
        };

        assertThatThrownBy(() -> run(broken, new WalkerDetector("person"), 2)).hasMessage("cut off");

        assertThat(folder.resolve("out.txt")).content().hasLineCount(20);
    }

    @Test
    void shouldEndWhenADetectorFails() {
        var failing = new WalkerDetector("person") {
            @Override
            public List<SeenObject> detect(Frame frame) throws DetectionException {
                if (frame.info().sequence() == 7) {
                    throw new DetectionException("no more");
                }
                return super.detect(frame);
            }
        };

        assertThatThrownBy(() -> run(new CountingVideo(100), failing, 3)).hasMessage("no more");
    }

    @Test
    void shouldStopWhenAsked() throws Exception {
        var run = new DetectRun[1];
        var outputs = new DetectRun.Outputs(List.of(), List.of(), (done, total) -> {
            if (done == 5) {
                run[0].stop();
            }
        });
        run[0] = new DetectRun(new WalkerDetector("person"), TrackerSettings.defaults(0.6), outputs, 2);

        var summary = run[0].run(new CountingVideo(Integer.MAX_VALUE));

        assertThat(summary.frames()).isBetween(5L, 10L);
        assertThat(run[0].leased()).isZero();
    }

    @Test
    void shouldCoverPicturesBeforeAnybodySeesThemAndFindTheSame() throws Exception {
        run(new CountingVideo(10), new WalkerDetector("person"), 2);
        var uncovered = Files.readAllLines(folder.resolve("out.txt"));
        assertThat(recognisable).hasSize(10).doesNotContain(false);
        recognisable.clear();

        privacy = new PrivacySettings(Set.of("person"), List.of(), PrivacySettings.Strength.STRONG);
        run(new CountingVideo(10), new WalkerDetector("person"), 2);

        assertThat(Files.readAllLines(folder.resolve("out.txt"))).isEqualTo(uncovered);
        assertThat(recognisable).hasSize(10).doesNotContain(true);
    }

    private DetectRun.Summary run(VideoSource source, Detector detector, int workers)
            throws IOException, VideoException, DetectionException {
        progress.clear();
        shown.clear();
        try (var mot = new MotWriter(folder.resolve("out.txt"));
                var json = new JsonLinesWriter(folder.resolve("out.jsonl"))) {
            var sink = new CountingSink();
            var outputs = new DetectRun.Outputs(List.of(mot, json), List.of(sink), (done, total) -> progress.add(done));
            var run = new DetectRun(detector, TrackerSettings.defaults(0.6), outputs, workers).covering(privacy);
            try {
                return run.run(source);
            } finally {
                assertThat(run.leased()).isZero();
            }
        }
    }

    private final class CountingSink implements FrameSink {
        @Override
        public void write(Frame frame, List<Track> tracks) {
            if (privacy.equals(PrivacySettings.NONE)) {
                assertThat(frame.luma().get(0)).isEqualTo((byte) frame.info().sequence());
            }
            shown.add(tracks.size());
            int walker = 20 * WIDTH + 10 + (int) (frame.info().sequence() % 50);
            recognisable.add(Math.abs(frame.luma().get(walker) - frame.luma().get(walker + 1)) > 20);
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }

    /** Ten pictures per second; the first pixel is the picture's number; comes with a pause now and then. */
    private static class CountingVideo implements VideoSource {
        private final int frames;
        private int next;
        private boolean paused;

        CountingVideo(int frames) {
            this.frames = frames;
        }

        VideoException end() {
            return new EndOfVideoException("end");
        }

        @Override
        public StreamInfo stream() {
            return new StreamInfo("test", WIDTH, HEIGHT, 10, frames);
        }

        @Override
        public Optional<Picture> next(Duration patience) throws VideoException {
            if (next == frames) {
                throw end();
            }
            paused = !paused && next % 10 == 5;
            return paused ? Optional.empty() : Optional.of(new Numbered(++next));
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }

    private record Numbered(int number) implements VideoSource.Picture {
        @Override
        public Instant capturedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Duration mediaTime() {
            return Duration.ofMillis(100L * (number - 1));
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public int height() {
            return HEIGHT;
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            for (int i = 0; i < FrameInfo.bytes(WIDTH, HEIGHT); i++) {
                i420.put(i, (byte) (i == 0 ? number : i % 2 * 100));
            }
        }
    }

    /** Sees one object that walks through the picture. */
    private static class WalkerDetector implements Detector {
        private final String label;

        WalkerDetector(String label) {
            this.label = label;
        }

        @Override
        public DetectorInfo info() {
            return new DetectorInfo("walker", "test", "", List.of(label));
        }

        @Override
        public List<SeenObject> detect(Frame frame) throws DetectionException {
            double x = 5 + frame.luma().get(0) % 50;
            return List.of(new SeenObject(label, 0.9, new BoundingBox(x, 10, 10, 20)));
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }
}
