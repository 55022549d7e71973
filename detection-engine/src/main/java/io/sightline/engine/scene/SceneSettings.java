package io.sightline.engine.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an operator drew into the picture of one camera.
 *
 * @param ground the way from the picture to the ground; without it there are no speeds
 * @param nearMiss who must not come near to whom; needs the ground
 */
public record SceneSettings(
        List<Zone> zones, List<Line> lines, Optional<GroundPlane> ground, Optional<NearMissRule> nearMiss) {

    public static final SceneSettings EMPTY = new SceneSettings(List.of(), List.of());

    /** @throws IllegalArgumentException if one cannot be used, see {@link SceneProblems}; names all problems */
    public SceneSettings {
        zones = List.copyOf(zones);
        lines = List.copyOf(lines);
        var problems = new ArrayList<String>();
        zones.forEach(zone -> SceneProblems.of(zone).forEach(p -> problems.add("zone '" + zone.id() + "': " + p)));
        lines.forEach(line -> SceneProblems.of(line).forEach(p -> problems.add("line '" + line.id() + "': " + p)));
        if (nearMiss.isPresent() && ground.isEmpty()) {
            problems.add("near-miss: metres need a ground with four points");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Zones and lines without a calibrated ground. */
    public SceneSettings(List<Zone> zones, List<Line> lines) {
        this(zones, lines, Optional.empty(), Optional.empty());
    }
}
