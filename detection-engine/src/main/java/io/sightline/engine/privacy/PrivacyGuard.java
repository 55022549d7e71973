package io.sightline.engine.privacy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of one camera fit to be shown, in their own pixels: whoever encodes one afterwards, for whatever purpose,
 * has nothing else. Fails closed: a frame of which nobody knows who is in it is covered whole. One thread; frames in the
 * order of capture; each frame once, after the detector and before anything is encoded.
 */
public final class PrivacyGuard {
    /** An object is covered for so long after it was seen last, though nothing sees or predicts it any more. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    /** Added on each side, as a share of the box's longer side: boxes tremble, and arms stick out. */
    private static final double MARGIN = 0.1;

    /** Added per second since it was seen, as a share of the box's longer side: a runner's way. */
    private static final double PER_SECOND = 1;

    private static final double MILLIS = 1000;

    private final PrivacySettings settings;
    private final Deque<Seen> remembered = new ArrayDeque<>();
    private @Nullable FrameInfo known;
    private Instant lastLook = Instant.EPOCH;

    public PrivacyGuard(PrivacySettings settings) {
        this.settings = settings;
    }

    /**
     * Covers a frame that was looked at.
     *
     * @param observation all that the detector said of it, hints and what a filter refuses included
     * @param tracks all that live on, those that it does not show included: they are covered where they are predicted
     */
    public void cover(Frame frame, Observation observation, List<Track> tracks) {
        if (settings.none()) {
            return;
        }
        var info = frame.info();
        if (known != null && (known.width() != info.width() || known.height() != info.height())) {
            remembered.clear();
        }
        known = info;
        lastLook = info.capturedAt();
        for (SeenObject object : observation.objects()) {
            if (settings.labels().contains(object.label())) {
                remembered.add(new Seen(object.box(), info.capturedAt()));
            }
        }
        forget(info.capturedAt());
        coverKnown(frame, tracks);
    }

    /**
     * Covers a frame that the motion gate passed over: who was there at the last look has not moved since, so nobody is
     * forgotten, however long that is ago.
     *
     * @param tracks as for {@link #cover}
     */
    public void coverUnmoved(Frame frame, List<Track> tracks) {
        if (settings.none()) {
            return;
        }
        var info = frame.info();
        if (known == null || known.width() != info.width() || known.height() != info.height()) {
            coverUnknown(frame);
        } else {
            coverKnown(frame, tracks);
        }
    }

    private void coverKnown(Frame frame, List<Track> tracks) {
        var redaction = new Redaction(frame, settings.strength().patches());
        coverRemembered(redaction, lastLook);
        for (Track track : tracks) {
            if (settings.labels().contains(track.label())) {
                redaction.cover(grown(track.box(), 0));
            }
        }
        settings.regions().forEach(redaction::cover);
    }

    /**
     * Covers a frame that nobody looked at, because the detector failed or was too late: all of it, unless only regions
     * are to be covered.
     */
    public void coverUnknown(Frame frame) {
        if (!settings.labels().isEmpty()) {
            new Redaction(frame, settings.strength().patches()).coverAll();
        } else if (!settings.none()) {
            var redaction = new Redaction(frame, settings.strength().patches());
            settings.regions().forEach(redaction::cover);
        }
    }

    private void coverRemembered(Redaction redaction, Instant now) {
        remembered.forEach(seen -> redaction.cover(
                grown(seen.box, Math.abs(Duration.between(seen.at, now).toMillis()) / MILLIS)));
    }

    private void forget(Instant now) {
        while (!remembered.isEmpty() && isOld(remembered.getFirst().at, now)) {
            remembered.removeFirst();
        }
    }

    private static boolean isOld(Instant then, Instant now) {
        return Duration.between(then, now).abs().compareTo(REMEMBERED) > 0;
    }

    private static BoundingBox grown(BoundingBox box, double seconds) {
        double by = Math.max(box.width(), box.height()) * (MARGIN + PER_SECOND * seconds);
        return new BoundingBox(box.x() - by, box.y() - by, box.width() + 2 * by, box.height() + 2 * by);
    }

    private record Seen(BoundingBox box, Instant at) {}
}
