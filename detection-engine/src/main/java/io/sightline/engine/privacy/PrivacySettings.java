package io.sightline.engine.privacy;

import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.SceneProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What no picture may show.
 *
 * @param labels objects of these are made unrecognisable wherever they are
 * @param regions polygons in fractions of the picture that are made unrecognisable always
 */
public record PrivacySettings(Set<String> labels, List<List<Point>> regions, Strength strength) {

    /** Shows everything. */
    public static final PrivacySettings NONE = new PrivacySettings(Set.of(), List.of(), Strength.STRONG);

    /** How little is left. */
    public enum Strength {
        /** At most ten patches along the longer side: posture and clothes can be guessed. */
        MEDIUM(10),
        /** At most five patches along the longer side: that somebody is there. */
        STRONG(5),
        /** One grey. */
        SOLID(1);

        private final int patches;

        Strength(int patches) {
            this.patches = patches;
        }

        /** Most patches along the longer side of what is covered. */
        int patches() {
            return patches;
        }
    }

    /** @throws IllegalArgumentException if a region is no polygon; names all problems */
    public PrivacySettings {
        labels = Set.copyOf(labels);
        regions = regions.stream().map(List::copyOf).toList();
        var problems = new ArrayList<String>();
        regions.forEach(region -> SceneProblems.ofPolygon(region).forEach(p -> problems.add("privacy region: " + p)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Whether anything is made unrecognisable. */
    public boolean covers() {
        return !labels.isEmpty() || !regions.isEmpty();
    }

    /** What a detector does not tell, nobody would cover. @return which labels that are, in words; empty if there is none */
    public Optional<String> uncoveredBy(DetectorInfo detector) {
        var untold = new TreeSet<>(labels);
        detector.labels().forEach(untold::remove);
        return untold.isEmpty()
                ? Optional.empty()
                : Optional.of("nobody would cover " + untold + ", the detector '" + detector.id() + "' tells "
                        + detector.labels());
    }

    boolean none() {
        return labels.isEmpty() && regions.isEmpty();
    }
}
