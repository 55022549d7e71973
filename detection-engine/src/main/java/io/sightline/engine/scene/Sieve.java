package io.sightline.engine.scene;

import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.SeenObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What of an observation is believed: no object that stands in a mask, and none that its label's filter refuses. Comes
 * before tracking. Immutable; any thread.
 *
 * @param masks polygons of at least three points in fractions of the picture; an object is in one when the middle of its
 *     box's bottom edge is
 */
public record Sieve(List<ObjectFilter> filters, List<List<Point>> masks) {

    /** Believes everything. */
    public static final Sieve OPEN = new Sieve(List.of(), List.of());

    /** @throws IllegalArgumentException if a mask is no polygon; names all problems */
    public Sieve {
        filters = List.copyOf(filters);
        masks = masks.stream().map(List::copyOf).toList();
        var problems = new ArrayList<String>();
        masks.forEach(mask -> SceneProblems.ofPolygon(mask).forEach(problem -> problems.add("mask: " + problem)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    public Observation sift(Observation observation) {
        if (filters.isEmpty() && masks.isEmpty()) {
            return observation;
        }
        return new Observation(
                observation.frame(),
                observation.objects().stream()
                        .filter(object -> believes(object, observation))
                        .toList());
    }

    private boolean believes(SeenObject object, Observation in) {
        var size = new Geometry.Size(in.frame().width(), in.frame().height());
        var place = Visitor.standing(object.box(), size);
        return masks.stream().noneMatch(mask -> Geometry.inside(mask, place))
                && filters.stream().allMatch(filter -> filter.passes(object, in.frame()));
    }
}
