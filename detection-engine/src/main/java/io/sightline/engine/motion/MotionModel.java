package io.sightline.engine.motion;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.scene.Point;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import java.awt.geom.Path2D;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What moves in the frames of one camera, all of one size. Used by one thread, frames in the order of their capture.
 *
 * <p>Source: that too much change at once means another light, which is learned anew, is a habit of the recorder
 * Frigate; the steps name their own.
 */
final class MotionModel {
    /** If more of the picture than this is not as usual, the light has changed. */
    private static final double LIGHT_SHARE = 0.35;

    /** If more than this has changed, and all over the picture, the camera may have moved. */
    private static final double SHIFT_SHARE = 0.002;

    private static final double SHIFT_SPREAD = 0.25;

    /** A shift explains a picture if it leaves less than this of what differed. */
    private static final double EXPLAINED = 0.5;

    /** What a shift did not explain is not tried again at once: it is rain, or many who move. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    /** For so long after the start, or a jump of the light, the background is new. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /** A shift that lasts is the camera's new place. */
    private static final Duration NEW_PLACE = Duration.ofSeconds(3);

    private static final double NANOS = 1e9;

    private final SmallPicture small;
    private final Background background;
    private final LightChange light = new LightChange();
    private final CameraShift camera;
    private final LearningRates rates;
    private Instant start;
    private final Cells cells;
    private final Blobs blobs;
    private Instant before;
    private Optional<CameraShift.Shift> shift = Optional.empty();
    private Instant nextTry = Instant.MIN;
    private Instant shiftSince;

    /** How the picture as a whole was. */
    enum Whole {
        CALM,
        SHAKEN,
        /** The light has jumped, the camera has another place, or too much has changed to say what moves. */
        CHANGED
    }

    /**
     * What one frame showed.
     *
     * @param moving boxes in pixels of the frame, the largest first
     * @param specks whether anything was passed over because it was too small
     */
    record Seen(Whole whole, List<BoundingBox> moving, boolean specks) {}

    /** @param first frame that is taken as the background */
    MotionModel(Frame first, MotionSettings settings) {
        this.small = new SmallPicture(first.width(), first.height());
        var sensitivity = settings.sensitivity();
        this.background = new Background(small, sensitivity, masked(small, settings.masks()));
        background.reset(small.read(first.luma()));
        this.camera = new CameraShift(small.width(), small.height());
        this.start = first.info().capturedAt();
        this.before = start;
        this.shiftSince = start;
        this.cells = background.cells();
        this.blobs = new Blobs(cells, small, sensitivity);
        this.rates = new LearningRates(cells.count());
    }

    private static boolean[] masked(SmallPicture size, List<List<Point>> masks) {
        boolean[] masked = new boolean[size.width() * size.height()];
        for (List<Point> mask : masks) {
            var path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
            path.moveTo(mask.get(0).x(), mask.get(0).y());
            mask.forEach(point -> path.lineTo(point.x(), point.y()));
            path.closePath();
            for (int i = 0; i < masked.length; i++) {
                double x = (i % size.width() + 0.5) / size.width();
                double y = (i / size.width() + 0.5) / size.height();
                masked[i] |= path.contains(x, y);
            }
        }
        return masked;
    }

    boolean fits(FrameInfo frame) {
        return small.fits(frame.width(), frame.height());
    }

    /** @param followed whether anything was being followed after the frame before */
    Seen see(Frame frame, boolean followed) {
        Instant time = frame.info().capturedAt();
        double seconds = Math.max(0, Duration.between(before, time).toNanos() / NANOS);
        before = time;
        float[] now = small.read(frame.luma());
        var line = light.fit(now, background.slow());
        background.expect(line);
        background.compare(now);
        note(findShift(now, line));
        boolean newPlace = isWhole(shift) && !time.isBefore(shiftSince.plus(NEW_PLACE));
        if (newPlace || background.changedShare() > LIGHT_SHARE) {
            return startAnew(now);
        }
        var moving = blobs.find();
        boolean settling = time.isBefore(start.plus(SETTLING));
        learn(now, line, new LearningRates.Moment(seconds, followed, settling));
        return new Seen(line.jump() ? Whole.CHANGED : whole(), moving, blobs.specks());
    }

    private Whole whole() {
        return shift.isEmpty() ? Whole.CALM : Whole.SHAKEN;
    }

    /**
     * Where the camera has moved, the comparison is made anew, with room for what cannot be compensated at edges.
     *
     * @return empty unless that explains most of what differed
     */
    private Optional<CameraShift.Shift> findShift(float[] now, LightChange.Line line) {
        double changed = background.changedShare();
        if (changed < SHIFT_SHARE || cells.spread() < SHIFT_SPREAD || before.isBefore(nextTry)) {
            return Optional.empty();
        }
        var found = camera.between(now, background.expected());
        background.expect(line, found);
        background.compare(now);
        if (background.changedShare() < EXPLAINED * changed) {
            return Optional.of(found);
        }
        nextTry = before.plus(TRY_AGAIN);
        background.expect(line);
        background.compare(now);
        return Optional.empty();
    }

    private static boolean isWhole(Optional<CameraShift.Shift> shift) {
        return shift.filter(CameraShift.Shift::isWhole).isPresent();
    }

    private void note(Optional<CameraShift.Shift> found) {
        boolean stays = found.isPresent() && shift.isPresent() && found.get().sameWhole(shift.get());
        if (!stays) {
            shiftSince = before;
        }
        shift = found;
    }

    private Seen startAnew(float[] now) {
        blobs.forget();
        background.reset(now);
        start = before;
        return new Seen(Whole.CHANGED, List.of(), false);
    }

    private void learn(float[] now, LightChange.Line line, LearningRates.Moment moment) {
        if (isWhole(shift)) {
            return; // the camera will swing back, and its background is as it was
        }
        if (shift.isEmpty() && line != LightChange.Line.NONE && !moment.followed()) {
            background.keepExpected();
        }
        rates.set(cells, blobs.inRegion(), moment);
        background.learn(now, moment.seconds(), rates);
    }
}
