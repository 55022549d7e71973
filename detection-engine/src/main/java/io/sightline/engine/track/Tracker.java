package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Follows the objects of one camera. Used by one thread; frames in the order of their capture. */
public final class Tracker {
    /** Least overlap with a certain track; low, because the two-stage matching resolves who is who. */
    private static final double CERTAIN_OVERLAP = 0.2;

    /** A doubtful object must fit well to carry a track on. */
    private static final double HINT_OVERLAP = 0.5;

    /** Hints bridge a moment in which an object is half hidden; a post that looks a little like one is let go. */
    private static final Duration HINT_PATIENCE = Duration.ofSeconds(1);

    /** A track without a known velocity yet. */
    private static final double DOUBTFUL_OVERLAP = 0.3;

    /** So much more than the lowest confidence does it take to start a track. */
    private static final double START_MARGIN = 0.1;

    /** Objects beyond these are not followed: more is a broken detector. */
    private static final int MAX_FOLLOWED = 500;

    private static final double NANOS = 1e9;

    private final TrackerSettings settings;
    private final List<Followed> all = new ArrayList<>();
    private List<Followed> newest = List.of();
    private @Nullable FrameInfo before;
    private int lastId;

    public Tracker(TrackerSettings settings) {
        this.settings = settings;
    }

    /** Takes in what one frame showed. A frame without objects matters too: it lets time pass. */
    public TrackUpdate update(Observation observation) {
        var frame = observation.frame();
        var ended = new ArrayList<Track>();
        if (before != null && (before.width() != frame.width() || before.height() != frame.height())) {
            endAll(ended); // boxes of another picture mean nothing in this one
        }
        double seconds = before == null ? 0 : Math.max(0, seconds(before.capturedAt(), frame.capturedAt()));
        before = frame;
        all.forEach(track -> track.predict(seconds));
        match(frame, observation.objects());
        newest = all.stream().filter(track -> track.deservesId(settings)).toList();
        newest.forEach(track -> track.certain(++lastId));
        endOverdue(frame, ended);
        return new TrackUpdate(
                newest.stream().map(Followed::snapshot).toList(),
                all.stream().filter(Followed::isCertain).map(Followed::snapshot).toList(),
                ended);
    }

    /** Ends all tracks, as when the camera stops. @return the certain ones, as they stood last */
    public List<Track> finish() {
        var ended = new ArrayList<Track>();
        endAll(ended);
        return ended;
    }

    /**
     * Where a track that the last update started had been seen until then, that frame included; oldest first, empty for
     * any other track. For a recording, where the past can still be told.
     */
    public List<Sighting> sightingsBeforeStart(int trackId) {
        return newest.stream()
                .filter(track -> track.snapshot().id() == trackId)
                .findFirst()
                .map(track -> List.copyOf(track.doubtfulSightings()))
                .orElse(List.of());
    }

    /** Number of the oldest frame that {@link #sightingsBeforeStart} may still name after later updates. */
    public OptionalLong oldestDoubtfulFrame() {
        return all.stream()
                .filter(track -> !track.isCertain())
                .mapToLong(track -> track.doubtfulSightings().get(0).frame().sequence())
                .min();
    }

    /**
     * Where everything that is being followed is, certain or not, seen or not, as the last update left it; in pixels of
     * that frame, empty if nothing is. While anything is, no frame may be passed over.
     */
    public List<BoundingBox> followedBoxes() {
        return all.stream().map(track -> track.motion().box()).toList();
    }

    private void match(FrameInfo frame, List<SeenObject> objects) {
        var certainTracks = new ArrayList<Followed>();
        var doubtfulTracks = new ArrayList<Followed>();
        all.forEach(track -> (track.isCertain() ? certainTracks : doubtfulTracks).add(track));
        var sureObjects = new ArrayList<SeenObject>();
        var hints = new ArrayList<SeenObject>();
        objects.forEach(object -> (object.confidence() >= settings.minConfidence() ? sureObjects : hints).add(object));

        var matching = new Matching(frame);
        matching.stage(certainTracks, sureObjects, CERTAIN_OVERLAP).forEach(Followed::sure);
        certainTracks.removeIf(track -> track.unsureFor(frame.capturedAt()).compareTo(HINT_PATIENCE) > 0);
        matching.stage(certainTracks, hints, HINT_OVERLAP);
        matching.stage(doubtfulTracks, sureObjects, DOUBTFUL_OVERLAP).forEach(Followed::sure);
        sureObjects.stream()
                .filter(object -> object.confidence() >= startConfidence())
                .limit(Math.max(0, MAX_FOLLOWED - all.size()))
                .forEach(object -> all.add(new Followed(frame, object)));
    }

    /** Never above the middle between the lowest confidence and certainty, or a strict setting would start nothing. */
    private double startConfidence() {
        return Math.min(settings.minConfidence() + START_MARGIN, (settings.minConfidence() + 1) / 2);
    }

    private void endOverdue(FrameInfo frame, List<Track> ended) {
        all.removeIf(track -> {
            boolean over = isOver(track, frame);
            if (over && track.isCertain()) {
                ended.add(track.snapshot());
            }
            return over;
        });
    }

    private boolean isOver(Followed track, FrameInfo frame) {
        if (track.isSeen()) {
            return false;
        }
        Duration patience = track.isCertain() ? settings.patience() : settings.doubtfulPatience();
        return track.unseenFor(frame.capturedAt()).compareTo(patience) > 0
                || !track.motion().centreWithin(frame.width(), frame.height());
    }

    private void endAll(List<Track> ended) {
        all.stream().filter(Followed::isCertain).map(Followed::snapshot).forEach(ended::add);
        all.clear();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / NANOS;
    }
}
