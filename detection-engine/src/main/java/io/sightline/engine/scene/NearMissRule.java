package io.sightline.engine.scene;

import java.util.Set;

/**
 * Who must not come near to whom.
 *
 * @param metres nearer than this is too near; positive
 * @param labels whom to keep from harm; empty for all
 * @param others what may do the harm; empty for all
 * @param minSpeed at least one of the two moves so fast, in metres per second: nobody is in danger beside a parked car;
 *     not negative
 */
public record NearMissRule(double metres, Set<String> labels, Set<String> others, double minSpeed) {

    public NearMissRule {
        labels = Set.copyOf(labels);
        others = Set.copyOf(others);
        if (!(metres > 0) || !(minSpeed >= 0)) {
            throw new IllegalArgumentException("near-miss: got " + metres + " m and a speed of " + minSpeed
                    + " m/s, allowed are a positive distance and a speed from 0");
        }
    }

    boolean concerns(String label, String other) {
        return (labels.isEmpty() || labels.contains(label)) && (others.isEmpty() || others.contains(other));
    }
}
