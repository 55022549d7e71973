package io.sightline.engine.track;

import io.sightline.engine.video.FrameInfo;
import java.util.List;

/**
 * Brings tracks and objects of one frame together, in stages; what is matched is taken out. Boxes that overlap may
 * belong together; who belongs to whom is decided by overlap and looks, so that people who cross keep their tracks.
 *
 * <p>Sources: the stages from Zhang et al., "ByteTrack: Multi-Object Tracking by Associating Every Detection Box",
 * ECCV 2022; looks beside overlap from Wojke, Bewley and Paulus, "Simple Online and Realtime Tracking with a Deep
 * Association Metric", ICIP 2017.
 */
final class Matching {
    /** Where two pairs overlap alike, the one of the same label is taken. */
    private static final double OTHER_LABEL = 0.1;

    /** What looks count beside the overlap. The same person is at 0.97 from frame to frame, two people at 0.75. */
    private static final double LOOKS = 2;

    /** Likeness of a pair of which nothing is known: neither for nor against it. */
    private static final double UNKNOWN = 0.95;

    private final FrameInfo frame;
    private final long now;

    /** @param now the tracker's time in nanoseconds */
    Matching(FrameInfo frame, long now) {
        this.frame = frame;
        this.now = now;
    }

    /** Matches objects that are certain enough to start a track. @param minOverlap least intersection over union */
    void sure(List<Followed> tracks, List<Candidate> objects, double minOverlap) {
        match(tracks, objects, minOverlap, true);
    }

    /** Matches objects that may only carry a track on. @param minOverlap least intersection over union */
    void hints(List<Followed> tracks, List<Candidate> objects, double minOverlap) {
        match(tracks, objects, minOverlap, false);
    }

    private void match(List<Followed> tracks, List<Candidate> objects, double minOverlap, boolean sure) {
        if (tracks.isEmpty() || objects.isEmpty()) {
            return;
        }
        int[] choice = Assignment.solve(costs(tracks, objects, minOverlap));
        var taken = new boolean[objects.size()];
        for (int i = 0; i < choice.length; i++) {
            if (choice[i] != Assignment.NONE) {
                taken[choice[i]] = true;
                tell(tracks.get(i), objects.get(choice[i]), sure);
            }
        }
        keep(tracks, i -> choice[i] == Assignment.NONE);
        keep(objects, i -> !taken[i]);
    }

    private void tell(Followed track, Candidate object, boolean sure) {
        track.see(frame, now, object.object());
        if (sure) {
            track.sure(object);
        }
    }

    private static double[][] costs(List<Followed> tracks, List<Candidate> objects, double minOverlap) {
        var costs = new double[tracks.size()][objects.size()];
        for (int row = 0; row < costs.length; row++) {
            var track = tracks.get(row);
            var box = track.motion().box();
            for (int column = 0; column < objects.size(); column++) {
                var object = objects.get(column);
                double overlap = box.overlap(object.box());
                costs[row][column] = overlap < minOverlap ? Assignment.FORBIDDEN : cost(track, object, overlap);
            }
        }
        return costs;
    }

    private static double cost(Followed track, Candidate object, double overlap) {
        double label = track.label().equals(object.object().label()) ? 0 : OTHER_LABEL;
        return 1 - overlap + label + LOOKS * (1 - track.likeness(object, UNKNOWN));
    }

    private interface Wanted {
        boolean at(int index);
    }

    private static <T> void keep(List<T> list, Wanted wanted) {
        int kept = 0;
        for (int i = 0; i < list.size(); i++) {
            if (wanted.at(i)) {
                list.set(kept++, list.get(i));
            }
        }
        list.subList(kept, list.size()).clear();
    }
}
