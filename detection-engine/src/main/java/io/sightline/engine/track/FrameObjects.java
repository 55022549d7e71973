package io.sightline.engine.track;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.SeenObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The objects of the newest frame: those that start tracks, and the hints. What is no box is left out, and so is what
 * is beyond the limit, the least certain first: a broken detector must not cost a camera its time.
 *
 * <p>Source: two kinds of objects by their confidence from Zhang et al., "ByteTrack: Multi-Object Tracking by
 * Associating Every Detection Box", ECCV 2022.
 */
final class FrameObjects {
    /** More is a broken detector; what the matching of so many costs is bounded. */
    static final int LIMIT = 500;

    /** Colours are read of so many at most, about a millisecond's work. */
    private static final int COLOURED = 100;

    /** From this overlap on, two objects' colours mix. */
    private static final double COVERED = 0.1;

    private static final Comparator<SeenObject> MOST_CERTAIN_FIRST =
            Comparator.comparingDouble(SeenObject::confidence).reversed();

    private final double minConfidence;
    private final List<Candidate> pool = new ArrayList<>();
    private final List<Candidate> sure = new ArrayList<>();
    private final List<Candidate> hints = new ArrayList<>();

    FrameObjects(double minConfidence) {
        this.minConfidence = minConfidence;
    }

    void set(List<SeenObject> objects, Appearance appearance) {
        sure.clear();
        hints.clear();
        for (var object : limited(objects)) {
            if (isBox(object)) {
                (object.confidence() >= minConfidence ? sure : hints).add(candidate(object));
            }
        }
        int coloured = Math.min(COLOURED, sure.size());
        for (int i = 0; i < coloured; i++) {
            sure.get(i).read(appearance);
            coverBy(sure.get(i), i);
        }
    }

    /** Marks it and those before it that it overlaps. */
    private void coverBy(Candidate newest, int before) {
        for (int i = 0; i < before; i++) {
            if (sure.get(i).box().overlap(newest.box()) > COVERED) {
                sure.get(i).cover();
                newest.cover();
            }
        }
    }

    private static List<SeenObject> limited(List<SeenObject> objects) {
        return objects.size() <= LIMIT
                ? objects
                : objects.stream()
                        .filter(FrameObjects::isBox)
                        .sorted(MOST_CERTAIN_FIRST)
                        .limit(LIMIT)
                        .toList();
    }

    private static boolean isBox(SeenObject object) {
        BoundingBox box = object.box();
        return Double.isFinite(object.confidence() + box.x() + box.y() + box.width() + box.height())
                && box.width() > 0
                && box.height() > 0;
    }

    private Candidate candidate(SeenObject object) {
        int used = sure.size() + hints.size();
        if (used == pool.size()) {
            pool.add(new Candidate(object));
        }
        var candidate = pool.get(used);
        candidate.set(object);
        return candidate;
    }

    /** Certain enough to start a track; matching takes out what it has matched. */
    List<Candidate> sure() {
        return sure;
    }

    /** Good for carrying on a track; matching takes out what it has matched. */
    List<Candidate> hints() {
        return hints;
    }
}
