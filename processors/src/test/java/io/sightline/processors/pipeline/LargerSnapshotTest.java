package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.processors.Event;
import io.sightline.processors.Ids;
import io.sightline.processors.live.LiveViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A snapshot may be of another stream, and larger than the frame. */
class LargerSnapshotTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final BoundingBox BOX = new BoundingBox(10, 12, 16, 24);
    private static final byte[] FRAME_SIZED = jpeg(WIDTH, HEIGHT);
    private static final byte[] LARGER = jpeg(4 * WIDTH, 3 * HEIGHT);

    private final FramePool frames = new FramePool(1, FrameInfo.bytes(WIDTH, HEIGHT));
    private final List<BoundingBox> cut = new ArrayList<>();

    @Test
    void shouldReadTheSizeOfAPicture() {
        assertThat(JpegSize.of(LARGER)).contains(new JpegSize(256, 144));
        assertThat(JpegSize.of(new byte[] {1})).isEmpty();
        assertThat(JpegSize.of(new byte[40])).isEmpty();
    }

    @Test
    void shouldSayHowLargeASnapshotOfAnotherSizeIsAndCutTheSamePartOut() {
        // When
        Map<?, ?> data = started(LARGER);

        // Then
        assertThat((Map<?, ?>) data.get("snapshot"))
                .extracting("width", "height")
                .containsExactly(256, 144);
        assertThat((Map<?, ?>) data.get("frame")).extracting("width", "height").containsExactly(WIDTH, HEIGHT);
        assertThat((Map<?, ?>) data.get("bounding_box"))
                .extracting("x", "y", "width", "height")
                .containsExactly(10L, 12L, 16L, 24L);
        assertThat(cut).containsOnly(new BoundingBox(40, 36, 64, 72));
    }

    @Test
    void shouldSayNothingOfASnapshotAsLargeAsTheFrame() {
        // When
        Map<?, ?> data = started(FRAME_SIZED);

        // Then
        assertThat(((Map<?, ?>) data.get("snapshot")).keySet().stream().map(String::valueOf))
                .containsExactly("href", "sha256");
        assertThat(cut).containsOnly(BOX);
    }

    private Map<String, Object> started(byte[] snapshot) {
        var pipeline = new CameraPipeline(settings(), tools(snapshot));
        var told = new ArrayList<Event>();
        for (int i = 1; i <= 10; i++) {
            try (Frame frame = frame(i)) {
                var seen = List.of(new SeenObject("person", 0.9, BOX));
                told.addAll(pipeline.track(
                        new Glance(pipeline, frame, Optional.of(new Observation(frame.info(), seen)), true)));
            }
        }
        return told.stream()
                .filter(event -> event.type().endsWith("detection.started"))
                .findFirst()
                .orElseThrow()
                .data();
    }

    private Frame frame(int number) {
        var time = Instant.EPOCH.plusMillis(200L * number);
        return frames.lease().orElseThrow().publish(new FrameInfo("gate", number, time, WIDTH, HEIGHT));
    }

    /** The beginning of a JPEG file: a comment, and the frame header. */
    private static byte[] jpeg(int width, int height) {
        return new byte[] {
            (byte) 0xff,
            (byte) 0xd8,
            (byte) 0xff,
            (byte) 0xfe,
            0,
            4,
            'h',
            'i',
            (byte) 0xff,
            (byte) 0xc0,
            0,
            17,
            8,
            (byte) (height >> 8),
            (byte) height,
            (byte) (width >> 8),
            (byte) width,
            3,
            0,
            0,
            0
        };
    }

    private static PipelineSettings settings() {
        Detector detector = new Detector() {
            @Override
            public DetectorInfo info() {
                return new DetectorInfo("people", "scripted", "0".repeat(64), List.of("person"));
            }

            @Override
            public List<SeenObject> detect(Frame frame) {
                return List.of();
            }

            @Override
            public void close() {}
        };
        return new PipelineSettings(
                "gate",
                detector,
                Duration.ofSeconds(20),
                TrackerSettings.defaults(0.6),
                new SceneSettings(List.of(), List.of()),
                Sieve.OPEN,
                PrivacySettings.NONE,
                Duration.ofSeconds(1),
                Priority.NORMAL,
                MotionSettings.everyFrame());
    }

    private PipelineTools tools(byte[] snapshot) {
        Evidence evidence = new Evidence() {
            @Override
            public double sharpness(Frame frame, BoundingBox box) {
                return 500;
            }

            @Override
            public byte[] crop(byte[] jpeg, BoundingBox box) {
                cut.add(box);
                return jpeg;
            }

            @Override
            public String revision() {
                return "0".repeat(64);
            }
        };
        return new PipelineTools(
                null,
                (frame, overlays) -> snapshot,
                jpeg -> new SnapshotRef("/x", "x"),
                evidence,
                new LiveViews((frame, overlays) -> snapshot),
                null,
                new Ids(Clock.systemUTC()),
                Clock.systemUTC());
    }
}
