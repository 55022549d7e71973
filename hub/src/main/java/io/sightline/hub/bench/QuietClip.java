package io.sightline.hub.bench;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.offline.Mp4Writer;
import io.sightline.engine.video.DemoScene;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.StreamInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A drawn street of 640x360 pixels at 5 frames per second in which nothing moves but a sensor's noise, and in one frame
 * of twenty a person who walks through.
 *
 * <p>The empty street is the median of many frames of the demo scene. The person is cut out of it.
 */
final class QuietClip {
    static final int WIDTH = DemoScene.WIDTH;
    static final int HEIGHT = 360;
    static final int FRAMES_PER_SECOND = 5;

    /** One minute. */
    static final int FRAMES = 300;

    private static final int BUSY = FRAMES / 20;
    private static final long SEED = 3;
    private static final int SAMPLES = 31;
    private static final int SAMPLE_STEP = 97;
    private static final int TOP = 60;
    private static final int MARGIN = 6;
    private static final double LEAST_STEP = 3;
    private static final double NOISE = 2;
    private static final int NOISE_SHIFTS = 4096;

    private final DemoScene scene = new DemoScene(SEED);
    private final byte[] drawn = new byte[FrameInfo.bytes(DemoScene.WIDTH, DemoScene.HEIGHT)];
    private final byte[] empty = new byte[drawn.length];
    private final byte[] noise = new byte[WIDTH * HEIGHT + NOISE_SHIFTS];
    private final Random random = new Random(SEED);
    private final Walk walk;

    /** Somebody of the scene, from one of its frames on. */
    private record Walk(long start, int person) {
        long frame(int number) {
            return start + (long) number * DemoScene.FRAMES_PER_SECOND / FRAMES_PER_SECOND;
        }
    }

    QuietClip() {
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) Math.round(random.nextGaussian() * NOISE);
        }
        clear();
        walk = firstWalk();
    }

    private void clear() {
        var samples = new byte[SAMPLES][];
        for (int i = 0; i < SAMPLES; i++) {
            draw((long) i * SAMPLE_STEP);
            samples[i] = drawn.clone();
        }
        var values = new int[SAMPLES];
        for (int at = 0; at < empty.length; at++) {
            for (int i = 0; i < SAMPLES; i++) {
                values[i] = samples[i][at] & 0xff;
            }
            Arrays.sort(values);
            empty[at] = (byte) values[SAMPLES / 2];
        }
    }

    private void draw(long frame) {
        var target = ByteBuffer.wrap(drawn);
        scene.draw(frame, target);
    }

    /** The first walk that is long enough: all of the person in view, and never standing. */
    private Walk firstWalk() {
        for (long frame = 0; ; frame++) {
            for (var person : scene.truth(frame)) {
                var walk = new Walk(frame, person.id());
                if (isBusy(walk)) {
                    return walk;
                }
            }
        }
    }

    private boolean isBusy(Walk walk) {
        double x = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < BUSY; i++) {
            var box = box(walk, i);
            if (box.isEmpty() || Math.abs(box.get().x() - x) < LEAST_STEP) {
                return false;
            }
            x = box.get().x();
        }
        return true;
    }

    private Optional<BoundingBox> box(Walk walk, int number) {
        return scene.truth(walk.frame(number)).stream()
                .filter(person -> person.id() == walk.person() && person.clear())
                .map(DemoScene.Person::box)
                .filter(box -> box.y() > TOP && box.bottom() < TOP + HEIGHT)
                .findFirst();
    }

    /**
     * Writes the clip as H.264.
     *
     * @param phase frame with which it begins; the walk comes as much earlier
     */
    void write(Path file, int phase) throws IOException {
        var pool = new FramePool(1, FrameInfo.bytes(WIDTH, HEIGHT));
        var picture = new byte[FrameInfo.bytes(WIDTH, HEIGHT)];
        try (var writer = new Mp4Writer(file, new StreamInfo("drawn", WIDTH, HEIGHT, FRAMES_PER_SECOND, FRAMES))) {
            for (int i = 0; i < FRAMES; i++) {
                paint((i + phase) % FRAMES, picture);
                var slot = pool.lease().orElseThrow();
                slot.memory().put(0, picture);
                var time = Instant.EPOCH.plus(Duration.ofSeconds(i).dividedBy(FRAMES_PER_SECOND));
                try (var frame = slot.publish(new FrameInfo("clip", i + 1L, time, WIDTH, HEIGHT))) {
                    writer.write(frame, List.of());
                }
            }
        }
    }

    private void paint(int number, byte[] picture) {
        System.arraycopy(empty, TOP * WIDTH, picture, 0, WIDTH * HEIGHT);
        for (int plane = 0; plane < 2; plane++) {
            int from = DemoScene.WIDTH * DemoScene.HEIGHT * (4 + plane) / 4 + TOP / 2 * WIDTH / 2;
            System.arraycopy(empty, from, picture, WIDTH * HEIGHT * (4 + plane) / 4, WIDTH * HEIGHT / 4);
        }
        if (number < BUSY) {
            draw(walk.frame(number));
            paste(box(walk, number).orElseThrow(), picture);
        }
        int shift = random.nextInt(NOISE_SHIFTS);
        for (int at = 0; at < WIDTH * HEIGHT; at++) {
            picture[at] += noise[at + shift];
        }
    }

    /** Brightness only: a detector of people looks at little else, and the gate at nothing else. */
    private void paste(BoundingBox person, byte[] picture) {
        int left = Math.max(0, (int) person.x() - MARGIN);
        int right = Math.min(WIDTH, (int) person.right() + MARGIN);
        int top = Math.max(TOP, (int) person.y() - MARGIN);
        int bottom = Math.min(TOP + HEIGHT, (int) person.bottom() + MARGIN);
        for (int y = top; y < bottom; y++) {
            System.arraycopy(drawn, y * WIDTH + left, picture, (y - TOP) * WIDTH + left, right - left);
        }
    }
}
