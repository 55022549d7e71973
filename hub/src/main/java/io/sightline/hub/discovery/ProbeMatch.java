package io.sightline.hub.discovery;

import java.util.List;
import java.util.Optional;

/**
 * A device's answer to a probe.
 *
 * @param relatesTo id of the probe
 * @param endpoint the device's own id, which stays
 * @param scopes what it says of itself, {@code onvif://www.onvif.org/name/…}
 * @param addresses of its device service
 */
record ProbeMatch(String relatesTo, String endpoint, List<String> scopes, List<String> addresses) {

    /** The value of the first scope of a kind, for example {@code name}; decoded, one line. */
    Optional<String> scope(String kind) {
        String key = "/" + kind + "/";
        return scopes.stream()
                .filter(scope -> scope.startsWith("onvif://") && scope.contains(key))
                .map(scope -> Words.decoded(scope.substring(scope.indexOf(key) + key.length())))
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}
