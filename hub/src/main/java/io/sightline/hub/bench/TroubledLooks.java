package io.sightline.hub.bench;

import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.InferenceListener;
import io.sightline.engine.detect.InferencePool;
import io.sightline.engine.detect.Look;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionGate;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Verdict;
import io.sightline.engine.video.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Detectors that look at frames of ever new sizes, all of which are large enough for them. At random, one look in twenty
 * fails: its frame was given back, who gets what was found fails, or who waits for it is interrupted. A detector that looks
 * fails of itself only where its model does, which is counted as well. One thread.
 */
final class TroubledLooks implements AutoCloseable {
    private static final long SEED = 11;
    private static final int ONE_IN = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What moves is known only after some frames of one size. */
    private static final int FRAMES_PER_SCENE = 40;

    private final List<Detector> detectors;
    private final Random random = new Random(SEED);
    private final VariedFrames frames = new VariedFrames(SEED, 1);
    private final VariedFrames scenes = new VariedFrames(SEED, FRAMES_PER_SCENE);
    private final MotionGate gate = new MotionGate(MotionSettings.everyFrame());
    private final InferencePool pool = new InferencePool(1, InferenceListener.NONE);
    private final Map<String, Integer> failures = new TreeMap<>();

    private enum Trouble {
        NONE,
        GIVEN_BACK,
        CONSUMER,
        INTERRUPTED
    }

    /** @param detectors stay the caller's */
    TroubledLooks(List<Detector> detectors) {
        this.detectors = detectors;
    }

    /** Each detector looks at so many frames. */
    void take(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            for (Detector detector : detectors) {
                boolean fails = random.nextInt(ONE_IN) == 0;
                look(detector, fails ? Trouble.values()[1 + random.nextInt(3)] : Trouble.NONE);
            }
        }
    }

    void forget() {
        failures.clear();
    }

    private void look(Detector detector, Trouble trouble) throws InterruptedException {
        Frame frame = (detector.needsMotion() ? scenes : frames).next();
        if (trouble == Trouble.GIVEN_BACK) {
            frame.close();
            lookAtGone(detector, frame);
            return;
        }
        try (frame) {
            if (trouble == Trouble.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            consume(pool.detect(look(detector, frame), PATIENCE), trouble);
        } catch (InterruptedException e) {
            if (trouble != Trouble.INTERRUPTED) {
                throw e;
            }
            count(trouble);
        } catch (DetectionException e) {
            count(detector.info().id() + " " + e.reason());
        } catch (IllegalArgumentException e) {
            count(trouble);
        }
        awaitEnd();
    }

    private Look look(Detector detector, Frame frame) {
        if (detector.needsMotion() && gate.judge(frame, List.of()) instanceof Verdict.Look look) {
            return new Look("bench", detector, frame, look.moving());
        }
        return new Look("bench", detector, frame);
    }

    private void lookAtGone(Detector detector, Frame gone) {
        try {
            detector.detect(look(detector, gone).frame());
        } catch (DetectionException | IllegalStateException e) {
            count(Trouble.GIVEN_BACK);
        }
    }

    private static void consume(List<SeenObject> objects, Trouble trouble) {
        if (trouble == Trouble.CONSUMER) {
            throw new IllegalArgumentException(objects.size() + " objects cannot be told");
        }
    }

    /** Of a look that nobody waited for. */
    private void awaitEnd() {
        while (pool.stuck() > 0 || frames.leased() > 0 || scenes.leased() > 0) {
            Thread.yield();
        }
    }

    private void count(Trouble trouble) {
        count(trouble.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private void count(String what) {
        failures.merge(what, 1, Integer::sum);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** What failed, and how often. */
    @Override
    public String toString() {
        return "failures " + failures;
    }
}
