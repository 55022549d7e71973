package io.sightline.hub.settings;

import java.util.Optional;

/**
 * Where detections are kept (restart).
 *
 * @param url JDBC address of a PostgreSQL; empty: an H2 file in the data folder
 */
public record StoreSettings(
        @Setting(
                value = "`jdbc:postgresql://host/database`, without a login; an H2 file in the data folder where"
                        + " it is missing.",
                restart = true)
        Optional<String> url,

        @Setting(value = "Login at the database.", restart = true)
        Optional<String> username,

        @Setting(value = "Password of that login.", restart = true, secret = true)
        Optional<String> password) {
    @Override
    public String toString() {
        return "StoreSettings[url=" + url + "]";
    }
}
