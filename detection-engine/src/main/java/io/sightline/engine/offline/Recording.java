package io.sightline.engine.offline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.offline.FrameResult.TrackedBox;
import io.sightline.engine.track.Appearance;
import io.sightline.engine.track.Track;
import io.sightline.engine.track.TrackUpdate;
import io.sightline.engine.track.Tracker;
import io.sightline.engine.video.FrameInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tracks frame by frame and writes results in order. A recording can wait: the frames in which an object was not
 * certain yet are held back until it is, and then tell of it too; so are those in which it was hidden for a moment, and
 * then tell where it was on the straight way between.
 *
 * <p>Source: straight lines over gaps from Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every
 * Detection Box", ECCV 2022.
 */
final class Recording {
    /** Frames held back at most; a track is certain or forgotten within far fewer. */
    private static final int MAX_HELD = 1000;

    /** Longest gap that is filled: beyond, people turn and stop. */
    private static final Duration LONGEST_GAP = Duration.ofMillis(600);

    private final Tracker tracker;
    private final List<ResultWriter> writers;
    private final TreeMap<Long, Held> held = new TreeMap<>();
    private final Map<Integer, Shown> lastShown = new HashMap<>();
    private final SortedMap<String, DetectRun.Found> found = new TreeMap<>();
    private List<Track> followed = List.of();

    Recording(Tracker tracker, List<ResultWriter> writers) {
        this.tracker = tracker;
        this.writers = writers;
    }

    /** What is followed after the last frame, hidden or not. */
    List<Track> followed() {
        return followed;
    }

    /** Where everything that is followed was last, certain or not. */
    List<BoundingBox> followedBoxes() {
        return tracker.followedBoxes();
    }

    /** @return the certain tracks that this frame shows */
    List<Track> add(Observation observation, Duration time, Appearance appearance) throws IOException {
        var update = tracker.update(observation, appearance);
        var frame = observation.frame();
        held.put(frame.sequence(), new Held(frame, time, new ArrayList<>()));
        update.started().forEach(track -> found.merge(track.label(), new DetectRun.Found(1, 0), DetectRun.Found::plus));
        update.started().forEach(this::tellThePast);
        update.resumed().forEach(this::tellThePast);
        followed = update.active();
        var shown = followed.stream().filter(Track::seen).toList();
        shown.forEach(track -> show(frame, box(track)));
        update.ended().forEach(track -> lastShown.remove(track.id()));
        long settled = Math.min(tracker.oldestDoubtfulFrame().orElse(Long.MAX_VALUE), oldestGap(update, frame));
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

    /** Tracks that became certain and boxes written, by label. */
    SortedMap<String, DetectRun.Found> found() {
        return found;
    }

    private void tellThePast(Track track) {
        for (var seen : tracker.sightingsBeforeStart(track.id())) {
            if (seen.frame().sequence() < held.lastKey()) {
                show(seen.frame(), new TrackedBox(track.id(), track.label(), seen.confidence(), seen.box()));
            }
        }
    }

    private void show(FrameInfo frame, TrackedBox box) {
        var now = new Shown(frame, box);
        var before = lastShown.put(box.trackId(), now);
        if (before != null && isShort(before.frame, frame)) {
            for (var between : held.subMap(before.frame.sequence(), false, frame.sequence(), false)
                    .values()) {
                between.boxes.add(before.towards(now, between.info));
            }
        }
        var here = held.get(frame.sequence());
        if (here != null) {
            here.boxes.add(box);
        }
    }

    private static boolean isShort(FrameInfo from, FrameInfo to) {
        return Duration.between(from.capturedAt(), to.capturedAt()).compareTo(LONGEST_GAP) <= 0;
    }

    /** First frame of the oldest gap that may still be filled. */
    private long oldestGap(TrackUpdate update, FrameInfo now) {
        long oldest = Long.MAX_VALUE;
        for (var track : update.active()) {
            var last = track.seen() ? null : lastShown.get(track.id());
            if (last != null && isShort(last.frame, now)) {
                oldest = Math.min(oldest, last.frame.sequence() + 1);
            }
        }
        return oldest;
    }

    private void write(Held frame) throws IOException {
        frame.boxes.sort(Comparator.comparingInt(TrackedBox::trackId));
        frame.boxes.forEach(box -> found.merge(box.label(), new DetectRun.Found(0, 1), DetectRun.Found::plus));
        var result = new FrameResult(frame.info, frame.time, frame.boxes);
        for (var writer : writers) {
            writer.write(result);
        }
    }

    private static TrackedBox box(Track track) {
        return new TrackedBox(track.id(), track.label(), track.confidence(), track.box());
    }

    private record Held(FrameInfo info, Duration time, List<TrackedBox> boxes) {}

    /** Where a track was seen last. */
    private record Shown(FrameInfo frame, TrackedBox box) {

        /** The place in a frame between, on the straight way to another place, with the lower of both confidences. */
        TrackedBox towards(Shown next, FrameInfo between) {
            double share =
                    (double) (between.sequence() - frame.sequence()) / (next.frame.sequence() - frame.sequence());
            double confidence = Math.min(box.confidence(), next.box.confidence());
            return new TrackedBox(
                    box.trackId(), box.label(), confidence, box.box().towards(next.box.box(), share));
        }
    }
}
