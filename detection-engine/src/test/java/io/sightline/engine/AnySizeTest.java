package io.sightline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.evidence.Sharpness;
import io.sightline.engine.motion.MotionGate;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Verdict;
import io.sightline.engine.track.FrameColours;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.JpegEncoder;
import io.sightline.engine.video.Overlay;
import io.sightline.engine.video.Redaction;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One camera whose frames are of one pixel, very long, very high and odd, by turns: every step takes them all. */
@Timeout(120)
class AnySizeTest {
    private static final int[][] SIZES = {{1, 1}, {1, 2}, {16_383, 2}, {2, 16_383}, {517, 333}, {3, 200}, {1, 1}};
    private static final int FRAMES_OF_EACH = 4;

    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private long frames;

    @Test
    void shouldTakeFramesOfAnySizeInEveryStep() throws Exception {
        var gate = new MotionGate(MotionSettings.defaults());
        var tracker = new Tracker(TrackerSettings.defaults(0.6));

        try (var motion = Detectors.open(new DetectorSpec.Motion("motion", 0.6))) {
            for (int[] size : SIZES) {
                var pool = new FramePool(1, FrameInfo.bytes(size[0], size[1]));
                for (int i = 0; i < FRAMES_OF_EACH; i++) {
                    try (Frame frame = noise(pool, size[0], size[1])) {
                        lookAt(frame, gate, motion, tracker);
                        show(frame);
                    }
                }
                assertThat(pool.leased()).isZero();
            }
        }
    }

    private static void lookAt(Frame frame, MotionGate gate, Detector motion, Tracker tracker) throws Exception {
        var whole = new BoundingBox(0, 0, frame.width(), frame.height());
        var verdict = gate.judge(frame, List.of(whole));
        assertThat(verdict).isInstanceOf(Verdict.Look.class);
        var look = (Verdict.Look) verdict;
        for (SeenObject moving : motion.detect(frame, look.moving())) {
            assertThat(moving.box().right()).isLessThanOrEqualTo(frame.width());
            assertThat(moving.box().bottom()).isLessThanOrEqualTo(frame.height());
        }
        gate.looked(frame, look);
        var seen = new Observation(frame.info(), List.of(new SeenObject("person", 0.9, whole)));
        assertThat(tracker.update(seen, new FrameColours(frame)).lost()).hasSizeLessThanOrEqualTo(1);
        assertThat(new Sharpness().of(frame, whole)).isNotNegative();
    }

    /** As a viewer gets it: first with a box, then covered. */
    private static void show(Frame frame) throws Exception {
        var box = new Overlay.Box(new BoundingBox(0, 0, frame.width(), frame.height()), "person");
        byte[] jpeg = new JpegEncoder().encode(frame, List.of(box), 1920, 80);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(Math.min(1920, frame.width()));
        new Redaction(frame, 1).coverAll();
        assertThat(frame.luma().get(0)).isEqualTo(frame.luma().get(frame.width() * frame.height() - 1));
    }

    private Frame noise(FramePool pool, int width, int height) {
        var slot = pool.lease().orElseThrow();
        var bytes = new byte[FrameInfo.bytes(width, height)];
        random.nextBytes(bytes);
        slot.memory().put(bytes);
        return slot.publish(new FrameInfo("test", ++frames, Instant.EPOCH.plusMillis(200 * frames), width, height));
    }
}
