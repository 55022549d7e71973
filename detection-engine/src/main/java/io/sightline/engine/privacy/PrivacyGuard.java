package io.sightline.engine.privacy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of one camera fit to be shown, in their own pixels: whoever encodes one afterwards, for whatever purpose,
 * has nothing else. Fails closed: a frame of which nobody knows who is in it is covered whole. One thread; frames in the
 * order of capture; each frame once, after the detector and before anything is encoded.
 */
public final class PrivacyGuard {
    /** An object is covered for so long after it was seen last, though nothing sees or predicts it any more. */
    private static final long REMEMBERED_MILLIS = 1000;

    /** What a pause, in which nothing moved, counts at most: who was there is covered until three looks missed him. */
    private static final long PAUSE_MILLIS = 400;

    /** Added on each side, as a share of the box's longer side: boxes tremble, and arms stick out. */
    private static final double MARGIN = 0.1;

    /** Added per second since it was seen, as a share of the box's longer side: a runner's way. */
    private static final double PER_SECOND = 1;

    /** Boxes of two frames that overlap so much are of one object. */
    private static final double SAME_OBJECT = 0.3;

    private static final double MILLIS = 1000;

    private final PrivacySettings settings;
    private final List<Seen> remembered = new ArrayList<>();
    /** The newest frame that was looked at. */
    private @Nullable FrameInfo looked;
    /** The time that was looked at, pauses left out, in ms. */
    private long clock;

    private boolean paused;
    private boolean unknown;

    public PrivacyGuard(PrivacySettings settings) {
        this.settings = settings;
    }

    /**
     * Covers a frame of which all was looked at.
     *
     * @param observation all that the detector said of it, hints and what a filter refuses included
     * @param tracks all that live on, those that it does not show included: they are covered where they are predicted
     */
    public void cover(Frame frame, Observation observation, List<Track> tracks) {
        if (settings.none()) {
            return;
        }
        letTimePass(frame.info());
        List<Seen> seen = observation.objects().stream()
                .filter(object -> settings.labels().contains(object.label()))
                .map(object -> new Seen(object.box(), clock))
                .toList();
        seen.forEach(this::forgetOlder);
        remembered.addAll(seen);
        remembered.removeIf(one -> clock - one.at > REMEMBERED_MILLIS);
        unknown = false;
        paint(frame, tracks);
    }

    /**
     * Covers a frame that was passed over because nothing moves: what the last look covered, and no less for the time that
     * passes. All of it where the last look failed, or there was none.
     *
     * @param tracks as in {@link #cover}
     */
    public void coverAsBefore(Frame frame, List<Track> tracks) {
        if (settings.none()) {
            return;
        }
        if (unknown || !fits(frame.info())) {
            coverUnknown(frame);
            return;
        }
        paused = true;
        paint(frame, tracks);
    }

    /**
     * Covers a frame that nobody looked at, because the detector failed or was too late: all of it, unless only regions
     * are to be covered.
     */
    public void coverUnknown(Frame frame) {
        unknown = true;
        if (!settings.labels().isEmpty()) {
            new Redaction(frame, settings.strength().patches()).coverAll();
        } else if (!settings.none()) {
            var redaction = new Redaction(frame, settings.strength().patches());
            settings.regions().forEach(redaction::cover);
        }
    }

    private void letTimePass(FrameInfo now) {
        var before = looked;
        if (before == null || !fits(now)) {
            remembered.clear();
        } else {
            long passed =
                    Duration.between(before.capturedAt(), now.capturedAt()).toMillis();
            clock += Math.max(0, paused ? Math.min(passed, PAUSE_MILLIS) : passed);
        }
        looked = now;
        paused = false;
    }

    private boolean fits(FrameInfo info) {
        var before = looked;
        return before != null && before.width() == info.width() && before.height() == info.height();
    }

    /** One box for one: of two people who stand close, the one who is missed now keeps his. */
    private void forgetOlder(Seen newer) {
        remembered.stream()
                .filter(older -> older.box.overlap(newer.box) >= SAME_OBJECT)
                .max(Comparator.comparingDouble(older -> older.box.overlap(newer.box)))
                .ifPresent(remembered::remove);
    }

    private void paint(Frame frame, List<Track> tracks) {
        var redaction = new Redaction(frame, settings.strength().patches());
        remembered.forEach(one -> redaction.cover(grown(one.box, (clock - one.at) / MILLIS)));
        for (Track track : tracks) {
            if (settings.labels().contains(track.label())) {
                redaction.cover(grown(track.box(), 0));
            }
        }
        settings.regions().forEach(redaction::cover);
    }

    private static BoundingBox grown(BoundingBox box, double seconds) {
        double by = Math.max(box.width(), box.height()) * (MARGIN + PER_SECOND * seconds);
        return new BoundingBox(box.x() - by, box.y() - by, box.width() + 2 * by, box.height() + 2 * by);
    }

    /** @param at in the time that was looked at, in ms */
    private record Seen(BoundingBox box, long at) {}
}
