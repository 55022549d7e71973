package io.sightline.engine.track;

import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.video.FrameInfo;
import java.util.ArrayList;
import java.util.List;

/** Brings tracks and objects of one frame together by the overlap of their boxes, in stages; what is matched is taken out. */
final class Matching {
    /** Where two pairs overlap alike, the one of the same label is taken. */
    private static final double OTHER_LABEL = 0.1;

    private final FrameInfo frame;

    Matching(FrameInfo frame) {
        this.frame = frame;
    }

    /**
     * One stage.
     *
     * @param minOverlap least intersection over union of a pair
     * @return the tracks that were matched; they have taken in their object
     */
    List<Followed> stage(List<Followed> tracks, List<SeenObject> objects, double minOverlap) {
        if (tracks.isEmpty() || objects.isEmpty()) {
            return List.of();
        }
        int[] choice = Assignment.solve(costs(tracks, objects, minOverlap));
        var matched = new ArrayList<Followed>();
        var leftTracks = new ArrayList<Followed>();
        var leftObjects = new ArrayList<>(objects);
        for (int i = 0; i < choice.length; i++) {
            if (choice[i] == Assignment.NONE) {
                leftTracks.add(tracks.get(i));
            } else {
                var object = objects.get(choice[i]);
                tracks.get(i).see(frame, object);
                matched.add(tracks.get(i));
                leftObjects.remove(object);
            }
        }
        replace(tracks, leftTracks);
        replace(objects, leftObjects);
        return matched;
    }

    private static double[][] costs(List<Followed> tracks, List<SeenObject> objects, double minOverlap) {
        var costs = new double[tracks.size()][objects.size()];
        for (int row = 0; row < costs.length; row++) {
            var track = tracks.get(row);
            var box = track.motion().box();
            for (int column = 0; column < objects.size(); column++) {
                var object = objects.get(column);
                double overlap = box.overlap(object.box());
                double penalty = track.label().equals(object.label()) ? 0 : OTHER_LABEL;
                costs[row][column] = overlap < minOverlap ? Assignment.FORBIDDEN : 1 - overlap + penalty;
            }
        }
        return costs;
    }

    private static <T> void replace(List<T> list, List<T> content) {
        list.clear();
        list.addAll(content);
    }
}
