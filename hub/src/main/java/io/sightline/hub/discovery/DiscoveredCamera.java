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
 * @param proposal what it could be in {@code sightline.yaml}
 */
public record DiscoveredCamera(Kind kind, String name, String address, String id, String model, Proposal proposal) {
    /** How a camera was found. */
    public enum Kind {
        USB,
        ONVIF;

        /** As in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What can be told of a camera in {@code sightline.yaml} before anybody looked through it.
     *
     * @param id an id of the configuration, of its own within one search
     * @param uri its address; of an ONVIF device of an unknown maker with {@code PATH-OF-ITS-SMALL-STREAM} for the path
     */
    public record Proposal(String id, String uri) {}

    DiscoveredCamera with(Proposal other) {
        return new DiscoveredCamera(kind, name, address, id, model, other);
    }

    /** A line of YAML for {@code sightline.yaml}, below {@code cameras}. */
    public String hint() {
        String login = kind == Kind.USB ? "" : ", username: hub, password: \"${CAMERA_PASSWORD}\"";
        return proposal.id() + ": { uri: \"" + proposal.uri() + "\"" + login + ", detector: people }";
    }
}
