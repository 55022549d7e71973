package io.sightline.engine.scene;

import io.sightline.engine.track.Track;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches who comes near to whom on the ground; each approach is told once, when two frames in a row show it.
 *
 * <p>No outside source: distance and speed on the ground that {@link GroundPlane} finds, and two frames against a box
 * that jumps.
 */
final class NearMisses {
    /** So much further than too near must two be before they can come near again. */
    private static final double APART = 1.5;

    private static final int FRAMES = 2;

    private final NearMissRule rule;
    private final Map<Pair, Integer> near = new HashMap<>();

    NearMisses(NearMissRule rule) {
        this.rule = rule;
    }

    /** @param seen the tracks that this frame shows */
    void look(List<Track> seen, Map<Integer, GroundMotion> motions, List<SceneChange> changes) {
        var now = new Between(motions, changes);
        for (int i = 0; i < seen.size(); i++) {
            for (int j = i + 1; j < seen.size(); j++) {
                look(seen.get(i), seen.get(j), now);
            }
        }
        near.keySet().removeIf(pair -> !motions.containsKey(pair.lower) || !motions.containsKey(pair.higher));
    }

    private void look(Track one, Track two, Between now) {
        boolean straight = rule.concerns(one.label(), two.label());
        if (!straight && !rule.concerns(two.label(), one.label())) {
            return;
        }
        var a = now.motions.get(one.id());
        var b = now.motions.get(two.id());
        var from = a == null ? null : a.place();
        var to = b == null ? null : b.place();
        if (from == null || to == null) {
            return;
        }
        double metres = from.distance(to);
        double speed = Math.max(a.speed().orElse(0), b.speed().orElse(0));
        var pair = new Pair(Math.min(one.id(), two.id()), Math.max(one.id(), two.id()));
        int frames = near.getOrDefault(pair, 0);
        boolean goesOn = frames > 0 && metres < rule.metres() * APART;
        boolean counts = metres < rule.metres() && (frames >= FRAMES || speed >= rule.minSpeed());
        if (!goesOn && !counts) {
            near.remove(pair);
            return;
        }
        int after = counts ? Math.min(frames + 1, FRAMES) : frames;
        near.put(pair, after);
        if (after == FRAMES && frames < FRAMES) {
            now.changes.add(new SceneChange.NearMiss(straight ? one : two, straight ? two : one, metres, speed));
        }
    }

    private record Between(Map<Integer, GroundMotion> motions, List<SceneChange> changes) {}

    private record Pair(int lower, int higher) {}
}
