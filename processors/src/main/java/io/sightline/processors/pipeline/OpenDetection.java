package io.sightline.processors.pipeline;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.scene.Scene;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.FrameInfo;
import io.sightline.processors.clips.ClipRef;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One detection that has not ended: what was told of it and what is still to be told. */
final class OpenDetection {
    /** A picture must be so much better than the kept one; else each step towards the camera would cost one. */
    private static final double CLEARLY_BETTER = 1.1;

    private static final double CUT_OFF = 0.5;

    /** Sharpness from which on a picture is sharp enough, so that nobody measures every frame of who stands still. */
    private static final double SHARP = 200;

    /** The most blurred picture is worth this part of a sharp one of the same size, so that size still tells. */
    private static final double BLURRED = 0.25;

    private static final double BORDER_PIXELS = 2;

    /** In the order of what matters most. */
    enum Change {
        ZONE,
        LINE,
        LABEL,
        SNAPSHOT
    }

    private final String id;
    private final Set<Change> untold = EnumSet.noneOf(Change.class);
    private Track track;
    private List<String> zones = List.of();
    private List<String> lines = List.of();
    private OptionalDouble speed = OptionalDouble.empty();
    private double confidence;
    private BoundingBox box;
    private FrameInfo frame;
    private double score;
    private double worth;
    private Instant lastSeen;
    private Instant lastTold;
    private byte @Nullable [] waiting;
    private @Nullable SnapshotRef snapshot;
    private @Nullable JpegSize snapshotSize;
    private @Nullable SnapshotRef crop;
    private @Nullable ClipRef clip;

    OpenDetection(String id, Track track, FrameInfo frame) {
        this.id = id;
        this.track = track;
        this.box = track.box();
        this.frame = frame;
        this.lastSeen = frame.capturedAt();
        this.lastTold = frame.capturedAt();
    }

    /** @return whether this frame, if it is sharp, shows it clearly better than the picture that is kept */
    boolean see(Track now, FrameInfo in, Scene scene) {
        note(Change.LABEL, !now.label().equals(track.label()));
        track = now;
        place(scene);
        if (!now.seen()) {
            return false;
        }
        lastSeen = later(lastSeen, in.capturedAt());
        confidence = Math.max(confidence, now.confidence());
        worth = score(now, in);
        return worth > score * CLEARLY_BETTER;
    }

    /**
     * Takes into account how sharp the frame is that was seen last; once for each frame.
     *
     * @param sharpness as {@link Evidence#sharpness} measures it
     * @return whether it still is clearly better than the picture that is kept
     */
    boolean rate(double sharpness) {
        worth *= BLURRED + (1 - BLURRED) * Math.min(1, sharpness / SHARP);
        return worth > score * CLEARLY_BETTER;
    }

    void place(Scene scene) {
        var inZones = scene.zonesOf(track.id());
        var crossed = scene.linesCrossedBy(track.id());
        note(Change.ZONE, !inZones.equals(zones));
        note(Change.LINE, !crossed.equals(lines));
        zones = inZones;
        lines = crossed;
        speed = scene.speedOf(track.id());
    }

    /** Takes the picture of the frame that was seen last, to be kept when the detection is told of next. */
    void picture(byte[] jpeg, FrameInfo in) {
        better(in);
        waiting = jpeg;
        untold.add(Change.SNAPSHOT);
    }

    /** The frame that was seen last shows it better than any before; there is no picture of it. */
    void better(FrameInfo in) {
        score = worth;
        box = track.box();
        frame = in;
    }

    byte @Nullable [] waiting() {
        return waiting;
    }

    /**
     * @param kept null where it could not be kept; the one before stays
     * @param part of it; null where that could not be kept
     */
    void kept(@Nullable SnapshotRef kept, @Nullable SnapshotRef part) {
        if (kept != null) {
            snapshot = kept;
            snapshotSize = waiting == null ? null : otherSize(waiting);
            crop = part;
        }
        waiting = null;
    }

    /** Of a picture that is from another stream than the frame; null where it is from the frame itself. */
    private @Nullable JpegSize otherSize(byte[] jpeg) {
        return JpegSize.of(jpeg).filter(size -> !size.isOf(frame)).orElse(null);
    }

    /** The box in pixels of a picture that shows the same as the frame, and may be larger. */
    BoundingBox boxIn(byte[] jpeg) {
        JpegSize other = otherSize(jpeg);
        return other == null ? box : other.scaled(box, frame);
    }

    void shownBy(@Nullable ClipRef newClip) {
        clip = newClip;
    }

    @Nullable
    ClipRef clip() {
        return clip;
    }

    /** What to tell now, or null: nothing is new, or the last time was a moment ago. */
    @Nullable
    Change due(Instant now, Duration interval) {
        if (untold.isEmpty() || Duration.between(lastTold, now).compareTo(interval) < 0) {
            return null;
        }
        return untold.iterator().next();
    }

    void told(Instant now) {
        untold.clear();
        lastTold = now;
    }

    private void note(Change change, boolean happened) {
        if (happened) {
            untold.add(change);
        }
    }

    /** Large, certain and whole makes a good picture. */
    private static double score(Track track, FrameInfo in) {
        var box = track.box();
        boolean whole = box.x() > BORDER_PIXELS
                && box.y() > BORDER_PIXELS
                && box.right() < in.width() - BORDER_PIXELS
                && box.bottom() < in.height() - BORDER_PIXELS;
        double area = box.area() / ((double) in.width() * in.height());
        return track.confidence() * area * (whole ? 1 : CUT_OFF);
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    String id() {
        return id;
    }

    Track track() {
        return track;
    }

    List<String> zones() {
        return zones;
    }

    List<String> lines() {
        return lines;
    }

    /** Metres per second, newest; empty where the ground is not calibrated. */
    OptionalDouble speed() {
        return speed;
    }

    double confidence() {
        return confidence;
    }

    BoundingBox box() {
        return box;
    }

    FrameInfo frame() {
        return frame;
    }

    Instant startedAt() {
        return track.since();
    }

    Instant lastSeen() {
        return later(track.since(), lastSeen);
    }

    @Nullable
    SnapshotRef snapshot() {
        return snapshot;
    }

    /** Null where it is that of the frame. */
    @Nullable
    JpegSize snapshotSize() {
        return snapshotSize;
    }

    /** Part of the snapshot. */
    @Nullable
    SnapshotRef crop() {
        return crop;
    }
}
