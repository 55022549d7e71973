package io.sightline.hub.settings;

import java.util.Optional;

/**
 * Where detections are kept (restart).
 *
 * @param url JDBC address of a PostgreSQL; empty: an H2 file in the data folder
 */
public record StoreSettings(Optional<String> url, Optional<String> username, Optional<String> password) {
    @Override
    public String toString() {
        return "StoreSettings[url=" + url + "]";
    }
}
