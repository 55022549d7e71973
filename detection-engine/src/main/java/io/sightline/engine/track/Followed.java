package io.sightline.engine.track;

import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One object while it is followed; it has an id once it is certain. */
final class Followed {
    private static final int NO_ID = 0;

    private final BoxFilter motion;
    private final Instant since;
    private final List<Sighting> doubtful = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private String label;
    private double confidence;
    private Instant lastSeen;
    private Instant lastSure;
    private boolean seen;
    private int sightings;
    private int id = NO_ID;

    Followed(FrameInfo frame, SeenObject object) {
        this.motion = new BoxFilter(object.box());
        this.since = frame.capturedAt();
        this.label = object.label();
        this.lastSeen = since;
        this.lastSure = since;
        note(frame, object);
    }

    void predict(double seconds) {
        motion.predict(seconds, seen);
        seen = false;
    }

    void see(FrameInfo frame, SeenObject object) {
        motion.correct(object.box());
        note(frame, object);
    }

    /** The newest sighting was certain enough to start a track. */
    void sure() {
        lastSure = lastSeen;
    }

    private void note(FrameInfo frame, SeenObject object) {
        seen = true;
        sightings++;
        lastSeen = frame.capturedAt();
        confidence = object.confidence();
        int votes = labels.merge(object.label(), 1, Integer::sum);
        if (votes > labels.getOrDefault(label, 0)) {
            label = object.label();
        }
        if (!isCertain()) {
            doubtful.add(new Sighting(frame, object.confidence(), motion.box()));
        }
    }

    /** Whether it has been seen often and long enough. */
    boolean deservesId(TrackerSettings settings) {
        return !isCertain()
                && sightings >= settings.minSightings()
                && Duration.between(since, lastSeen).compareTo(settings.minAge()) >= 0;
    }

    void certain(int newId) {
        id = newId;
    }

    boolean isCertain() {
        return id != NO_ID;
    }

    boolean isSeen() {
        return seen;
    }

    String label() {
        return label;
    }

    Duration unseenFor(Instant now) {
        return Duration.between(lastSeen, now);
    }

    Duration unsureFor(Instant now) {
        return Duration.between(lastSure, now);
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
