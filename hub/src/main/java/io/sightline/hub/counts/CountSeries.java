package io.sightline.hub.counts;

/**
 * What is counted together.
 *
 * @param name id of the zone or line; the camera's own for {@link CountKind#CAMERA}
 * @param label what was seen, for example {@code person}
 */
public record CountSeries(String camera, CountKind kind, String name, String label) {
    CountSeries labelled(String other) {
        return new CountSeries(camera, kind, name, other);
    }
}
