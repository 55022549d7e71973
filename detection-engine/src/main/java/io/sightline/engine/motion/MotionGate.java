package io.sightline.engine.motion;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.motion.Verdict.Look;
import io.sightline.engine.motion.Verdict.Skip;
import io.sightline.engine.motion.Verdict.Why;
import io.sightline.engine.motion.Verdict.WhyNot;
import io.sightline.engine.video.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one camera which frames are worth an inference. Time is that of capture. Used by one thread, frames in
 * order; each {@link Look} that was carried out is told by {@link #looked}, and one that failed is not, so that it is
 * tried again with the next frame.
 *
 * <p>Source: that inference waits for motion, and looks once in a while all the same, is a habit of the recorder
 * Frigate; the order of the reasons is our own.
 */
public final class MotionGate {
    /** After motion ends: who stands still may not have been certain yet. */
    private static final Duration AFTER_MOTION = Duration.ofSeconds(1);

    /** While only parts of the picture are looked at, all of it is at least this often. */
    private static final Duration WHOLE_PICTURE = Duration.ofSeconds(2);

    /** Frames that are a little out of order are no reason to start anew. */
    private static final Duration CLOCK_JITTER = Duration.ofSeconds(1);

    private static final Instant NEVER = Instant.MIN;

    private final MotionSettings settings;
    private @Nullable MotionModel model;
    private Instant lastFrame = Instant.EPOCH;
    private Instant lastMotion = NEVER;
    private Instant lastWhole = NEVER;
    private List<BoundingBox> lastMoving = List.of();

    public MotionGate(MotionSettings settings) {
        this.settings = settings;
    }

    /**
     * Judges a frame; it stays the caller's. Takes about a tenth of a millisecond.
     *
     * @param followed boxes of all tracks that live, doubtful ones too, in pixels of the frame
     */
    public Verdict judge(Frame frame, List<BoundingBox> followed) {
        Instant now = frame.info().capturedAt();
        if (Duration.between(now, lastFrame).compareTo(CLOCK_JITTER) > 0) {
            model = null; // the clock was set back
            lastMotion = NEVER;
            lastWhole = NEVER;
        }
        lastFrame = now;
        var known = model;
        if (known == null || !known.fits(frame.info())) {
            model = new MotionModel(frame, settings);
            lastMotion = now;
            lastMoving = List.of();
            return whole(settings.gate() ? Why.FIRST : Why.UNGATED, List.of());
        }
        var seen = known.see(frame, !followed.isEmpty());
        var verdict = verdict(seen, followed, now);
        if (seen.whole() == MotionModel.Whole.CHANGED || !seen.moving().isEmpty()) {
            lastMotion = now;
            lastMoving = seen.moving();
        }
        return verdict;
    }

    /** A frame was looked at as the verdict wanted. */
    public void looked(Frame frame, Look look) {
        if (look.regions().isEmpty()) {
            lastWhole = frame.info().capturedAt();
        }
    }

    private Verdict verdict(MotionModel.Seen seen, List<BoundingBox> followed, Instant now) {
        if (!settings.gate()) {
            return parts(Why.UNGATED, seen, followed, now);
        } else if (seen.whole() == MotionModel.Whole.CHANGED) {
            return whole(Why.LIGHT, List.of());
        } else if (!seen.moving().isEmpty()) {
            return parts(Why.MOTION, seen, followed, now);
        } else if (!followed.isEmpty()) {
            return parts(Why.TRACK, seen, followed, now);
        } else if (within(AFTER_MOTION, lastMotion, now)) {
            return parts(Why.AFTER_MOTION, seen, followed, now);
        } else if (!within(settings.forcedLook(), lastWhole, now)) {
            return whole(Why.FORCED, List.of());
        } else if (seen.whole() == MotionModel.Whole.SHAKEN) {
            return new Skip(WhyNot.SHAKEN);
        }
        return new Skip(seen.specks() ? WhyNot.SPECKS : WhyNot.STILL);
    }

    private Look parts(Why why, MotionModel.Seen seen, List<BoundingBox> followed, Instant now) {
        var regions = new ArrayList<>(seen.moving());
        regions.addAll(followed);
        if (within(AFTER_MOTION, lastMotion, now)) {
            regions.addAll(lastMoving);
        }
        boolean all = seen.whole() == MotionModel.Whole.CHANGED
                || why == Why.UNGATED
                || !within(WHOLE_PICTURE, lastWhole, now);
        return all ? whole(why, seen.moving()) : new Look(why, seen.moving(), regions);
    }

    private static Look whole(Why why, List<BoundingBox> moving) {
        return new Look(why, moving, List.of());
    }

    private static boolean within(Duration patience, Instant since, Instant now) {
        return !since.equals(NEVER) && Duration.between(since, now).compareTo(patience) < 0;
    }
}
