package io.sightline.hub.launcher;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What the command line of {@code run} and {@code validate} says; absolute paths.
 *
 * @param config folder with {@code application.yaml} and {@code sightline.yaml}
 * @param home folder of the installation, which holds {@code routes/}
 * @param routes folder with the engineer's route files; a file named like one of ours replaces it
 * @param data folder that the hub owns
 * @param port HTTP port; management takes the next one; empty: as configured
 */
public record LaunchOptions(Path home, Path config, Path routes, Path data, OptionalInt port) {

    /** The routes that come with the hub. */
    public Path ownRoutes() {
        return home.resolve("routes");
    }
}
