package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.video.FrameInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows the objects of one camera. Used by one thread; frames in the order of their capture.
 *
 * <p>A track's id is given once: ids count up from 1 and none is used again as long as this tracker lives, which is one
 * run of one camera. A frame that comes late or twice, or a clock that goes back, lets no time pass. A gap of more than
 * {@link #LONGEST_GAP}, or of the patience where that is longer, and a picture of another size end all tracks.
 *
 * <p>Sources: Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box", ECCV 2022, and
 * before it Bewley et al., "Simple Online and Realtime Tracking", ICIP 2016; the steps name their own.
 */
public final class Tracker {
    /** After that nobody can tell who is who. */
    public static final Duration LONGEST_GAP = Duration.ofSeconds(10);

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

    private static final double NANOS = 1e9;

    private final TrackerSettings settings;
    private final FrameObjects objects;
    private final List<Followed> all = new ArrayList<>();
    private final List<Followed> newest = new ArrayList<>();
    private final List<Followed> certainTracks = new ArrayList<>();
    private final List<Followed> doubtfulTracks = new ArrayList<>();
    private @Nullable FrameInfo before;

    /** Time that has passed from frame to frame, in nanoseconds; never goes back. */
    private long now;

    private int lastId;

    public Tracker(TrackerSettings settings) {
        this.settings = settings;
        this.objects = new FrameObjects(settings.minConfidence());
    }

    /** Takes in what one frame showed, without looking at its pixels. */
    public TrackUpdate update(Observation observation) {
        return update(observation, Appearance.UNKNOWN);
    }

    /**
     * Takes in what one frame showed. A frame without objects matters too: it lets time pass.
     *
     * @param appearance of that frame; asked during the call only
     */
    public TrackUpdate update(Observation observation, Appearance appearance) {
        var frame = observation.frame();
        var left = new ArrayList<Track>(0);
        var lost = new ArrayList<Track>(0);
        long step = step(frame);
        if (isCut(frame, step)) {
            lost.addAll(finish());
        }
        before = frame;
        now += step;
        all.forEach(track -> track.predict(step / NANOS));
        objects.set(observation.objects(), appearance);
        match(frame);
        var resumed = nameTheCertain();
        endOverdue(frame, left, lost);
        var started = snapshots(newest, track -> !resumed.contains(track.id()));
        return new TrackUpdate(
                started,
                snapshots(newest, track -> resumed.contains(track.id())),
                snapshots(all, Followed::isCertain),
                left,
                lost);
    }

    /** Ends all tracks, as when the camera stops. @return the certain ones, as they stood last */
    public List<Track> finish() {
        var ended = snapshots(all, Followed::isCertain);
        all.clear();
        newest.clear();
        return ended;
    }

    /**
     * Where a track that the last update started or resumed had been seen until then, that frame included; oldest
     * first, empty for any other track; of a resumed one, since it came back. For a recording, where the past can still
     * be told.
     */
    public List<Sighting> sightingsBeforeStart(int trackId) {
        return newest.stream()
                .filter(track -> track.id() == trackId)
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

    private long step(FrameInfo frame) {
        return before == null
                ? 0
                : Math.max(
                        0,
                        Duration.between(before.capturedAt(), frame.capturedAt())
                                .toNanos());
    }

    /** Whether boxes of the picture before mean nothing in this one. */
    private boolean isCut(FrameInfo frame, long step) {
        var last = before;
        long longest = Math.max(LONGEST_GAP.toNanos(), settings.patience().toNanos());
        return last != null && (last.width() != frame.width() || last.height() != frame.height() || step > longest);
    }

    private void match(FrameInfo frame) {
        certainTracks.clear();
        doubtfulTracks.clear();
        all.forEach(track -> (track.isCertain() ? certainTracks : doubtfulTracks).add(track));

        var matching = new Matching(frame, now);
        matching.sure(certainTracks, objects.sure(), CERTAIN_OVERLAP);
        certainTracks.removeIf(track -> now - track.lastSure() > HINT_PATIENCE.toNanos());
        matching.hints(certainTracks, objects.hints(), HINT_OVERLAP);
        matching.sure(doubtfulTracks, objects.sure(), DOUBTFUL_OVERLAP);
        for (var object : objects.sure()) {
            if (object.object().confidence() >= startConfidence() && all.size() < FrameObjects.LIMIT) {
                all.add(new Followed(frame, now, object));
            }
        }
    }

    /** Never above the middle between the lowest confidence and certainty, or a strict setting would start nothing. */
    private double startConfidence() {
        return Math.min(settings.minConfidence() + START_MARGIN, (settings.minConfidence() + 1) / 2);
    }

    /** Gives an id to each that deserves it. @return the ids that are known from before */
    private List<Integer> nameTheCertain() {
        newest.clear();
        for (var track : all) {
            if (track.deservesId(settings)) {
                newest.add(track);
            }
        }
        var known = new ArrayList<Integer>(0);
        for (var track : newest) {
            var lost = Rediscovery.find(track, all);
            if (lost == null) {
                track.certain(++lastId);
            } else {
                track.takeOver(lost);
                all.remove(lost);
                known.add(track.id());
            }
        }
        return known;
    }

    private void endOverdue(FrameInfo frame, List<Track> left, List<Track> lost) {
        all.removeIf(track -> {
            boolean over = isOver(track, frame);
            if (over && track.isCertain()) {
                (track.motion().isLeaving(frame.width(), frame.height()) ? left : lost).add(track.snapshot());
            }
            return over;
        });
    }

    private boolean isOver(Followed track, FrameInfo frame) {
        if (track.isSeen()) {
            return false;
        }
        Duration patience = track.isCertain() ? settings.patience() : settings.doubtfulPatience();
        return now - track.lastSeen() > patience.toNanos()
                || !track.motion().centreWithin(frame.width(), frame.height());
    }

    private static List<Track> snapshots(List<Followed> tracks, Predicate<Followed> wanted) {
        var snapshots = new ArrayList<Track>(tracks.size());
        for (var track : tracks) {
            if (wanted.test(track)) {
                snapshots.add(track.snapshot());
            }
        }
        return snapshots;
    }
}
