package io.sightline.hub.discovery;

import java.util.Locale;

/**
 * A camera that could be added.
 *
 * @param kind how it was found
 * @param name for people, what it says of itself
 * @param address of a USB camera what goes into {@code uri}; of an ONVIF device where its service answers
 * @param id the same whenever it is found
 * @param model what it says it is; may be empty
 * @param hint a line of YAML for {@code sightline.yaml}, below {@code cameras}
 */
public record DiscoveredCamera(Kind kind, String name, String address, String id, String model, String hint) {
    /** How a camera was found. */
    public enum Kind {
        USB,
        ONVIF;

        /** As in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
