package io.sightline.hub.api;

import io.sightline.hub.http.ProblemException;
import io.sightline.processors.live.Layer;
import java.util.EnumSet;
import java.util.Set;

/** Reads the query parameter {@code overlay}: what is drawn into live pictures. */
final class Overlays {
    /** What is drawn where nothing is asked for. */
    static final String ALL = "boxes,zones";

    private Overlays() {}

    /** @throws ProblemException with status 400 if a word is not known */
    static Set<Layer> layers(String overlay) {
        var layers = EnumSet.noneOf(Layer.class);
        if (overlay.equals("none")) {
            return layers;
        }
        for (String word : overlay.split(",", -1)) {
            switch (word) {
                case "boxes" -> layers.add(Layer.BOXES);
                case "zones" -> layers.add(Layer.ZONES);
                default ->
                    throw new ProblemException(
                            400, "overlay: allowed are boxes, zones, both with a comma between, or none.");
            }
        }
        return layers;
    }
}
