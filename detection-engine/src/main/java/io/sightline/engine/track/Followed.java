package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object while it is followed; it has an id once it is certain. Times are the tracker's own, in nanoseconds.
 *
 * <p>Source: remembered looks that move towards new ones by a fixed share, from Wang et al., "Towards Real-Time Multi-
 * Object Tracking", ECCV 2020.
 */
final class Followed {
    private static final int NO_ID = 0;

    /** Share of a new sighting in the remembered colours: light and pose change slowly. */
    private static final double LEARNING = 0.2;

    private final BoxFilter motion;
    private final long first;
    private final BoundingBox firstBox;
    private final List<Sighting> doubtful = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private Instant since;
    private String label;
    private double confidence;
    private long lastSeen;
    private long lastSure;
    private BoundingBox lastBox;
    private boolean seen;
    private int sightings;
    private int id = NO_ID;
    private @Nullable Colours colours;

    Followed(FrameInfo frame, long now, Candidate candidate) {
        var object = candidate.object();
        this.motion = new BoxFilter(object.box());
        this.since = frame.capturedAt();
        this.first = now;
        this.firstBox = object.box();
        this.lastBox = firstBox;
        this.label = object.label();
        note(frame, now, object);
        sure(candidate);
    }

    void predict(double seconds) {
        motion.predict(seconds, seen);
        seen = false;
    }

    void see(FrameInfo frame, long now, SeenObject object) {
        motion.correct(object.box());
        note(frame, now, object);
    }

    /** The newest sighting was certain enough to start a track: its colours are learned where they are its own. */
    void sure(Candidate candidate) {
        lastSure = lastSeen;
        if (!candidate.showsItself()) {
            return;
        }
        var known = colours;
        if (known == null) {
            known = new Colours();
            known.learn(candidate.colours(), 1);
            colours = known;
        } else {
            known.learn(candidate.colours(), LEARNING);
        }
    }

    private void note(FrameInfo frame, long now, SeenObject object) {
        seen = true;
        sightings++;
        lastSeen = now;
        lastBox = object.box();
        confidence = object.confidence();
        vote(object.label(), 1);
        if (!isCertain()) {
            doubtful.add(new Sighting(frame, object.confidence(), motion.box()));
        }
    }

    private void vote(String name, int votes) {
        if (labels.merge(name, votes, Integer::sum) > labels.getOrDefault(label, 0)) {
            label = name;
        }
    }

    /** Whether it has been seen often and long enough. */
    boolean deservesId(TrackerSettings settings) {
        return !isCertain()
                && sightings >= settings.minSightings()
                && lastSeen - first >= settings.minAge().toNanos();
    }

    void certain(int newId) {
        id = newId;
    }

    /** Goes on as a track that was lost before this one began. */
    void takeOver(Followed lost) {
        id = lost.id;
        since = lost.since;
        lost.labels.forEach(this::vote);
    }

    /** How alike it and an object look, 0 to 1; or what is given where colours are not known. */
    double likeness(Candidate candidate, double unknown) {
        return colours == null || !candidate.isColoured() ? unknown : colours.likeness(candidate.colours());
    }

    /** How alike two look, 0 to 1; 0 where colours are not known. */
    double likeness(Followed other) {
        return colours == null || other.colours == null ? 0 : colours.likeness(other.colours);
    }

    boolean isCertain() {
        return id != NO_ID;
    }

    boolean isSeen() {
        return seen;
    }

    int id() {
        return id;
    }

    String label() {
        return label;
    }

    /** When it was first seen. */
    long first() {
        return first;
    }

    long lastSeen() {
        return lastSeen;
    }

    /** When something certain was last seen of it. */
    long lastSure() {
        return lastSure;
    }

    /** As the detector gave it, when it was first seen. */
    BoundingBox firstBox() {
        return firstBox;
    }

    /** As the detector gave it, when it was last seen. */
    BoundingBox lastBox() {
        return lastBox;
    }

    BoxFilter motion() {
        return motion;
    }

    /** Sightings up to the one that made it certain, oldest first. */
    List<Sighting> doubtfulSightings() {
        return doubtful;
    }

    Track snapshot() {
        return new Track(id, label, confidence, motion.box(), seen, since);
    }
}
