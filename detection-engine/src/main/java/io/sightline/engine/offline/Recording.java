package io.sightline.engine.offline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.offline.FrameResult.TrackedBox;
import io.sightline.engine.track.Track;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.video.FrameInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Tracks frame by frame and writes results in order. A recording can wait: the frames in which an object was not certain
 * yet are held back until it is, and then tell of it too.
 */
final class Recording {
    /** Frames held back at most; a track is certain or forgotten within far fewer. */
    private static final int MAX_HELD = 1000;

    private final Tracker tracker;
    private final List<ResultWriter> writers;
    private final TreeMap<Long, Held> held = new TreeMap<>();
    private int tracks;
    private long boxes;

    Recording(Tracker tracker, List<ResultWriter> writers) {
        this.tracker = tracker;
        this.writers = writers;
    }

    /** Where everything that is followed was last, certain or not. */
    List<BoundingBox> followedBoxes() {
        return tracker.followedBoxes();
    }

    /** @return the certain tracks that this frame shows */
    List<Track> add(Observation observation, Duration time) throws IOException {
        var update = tracker.update(observation);
        var shown = update.active().stream().filter(Track::seen).toList();
        var now = new Held(observation.frame(), time, new ArrayList<>());
        shown.forEach(track -> now.boxes.add(box(track)));
        held.put(observation.frame().sequence(), now);
        tracks += update.started().size();
        for (Track track : update.started()) {
            tellThePast(track, observation.frame().sequence());
        }
        long settled = tracker.oldestDoubtfulFrame().orElse(Long.MAX_VALUE);
        while (!held.isEmpty() && (held.firstKey() < settled || held.size() > MAX_HELD)) {
            write(held.pollFirstEntry().getValue());
        }
        return shown;
    }

    /** Writes what is held back. */
    void finish() throws IOException {
        while (!held.isEmpty()) {
            write(held.pollFirstEntry().getValue());
        }
    }

    /** Tracks that became certain. */
    int tracks() {
        return tracks;
    }

    /** Boxes written. */
    long boxes() {
        return boxes;
    }

    private void tellThePast(Track track, long now) {
        for (var sighting : tracker.sightingsBeforeStart(track.id())) {
            var frame = held.get(sighting.frame().sequence());
            if (frame != null && sighting.frame().sequence() < now) {
                frame.boxes.add(new TrackedBox(track.id(), track.label(), sighting.confidence(), sighting.box()));
            }
        }
    }

    private void write(Held frame) throws IOException {
        frame.boxes.sort(Comparator.comparingInt(TrackedBox::trackId));
        boxes += frame.boxes.size();
        var result = new FrameResult(frame.info, frame.time, frame.boxes);
        for (var writer : writers) {
            writer.write(result);
        }
    }

    private static TrackedBox box(Track track) {
        return new TrackedBox(track.id(), track.label(), track.confidence(), track.box());
    }

    private record Held(FrameInfo info, Duration time, List<TrackedBox> boxes) {}
}
