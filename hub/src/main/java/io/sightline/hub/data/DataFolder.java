package io.sightline.hub.data;

import java.nio.file.Path;

/**
 * The folder that holds everything the hub remembers, opened by one hub at a time.
 *
 * @param path absolute
 * @param hubId made once and kept, or as configured; matches the rule for ids
 * @param start count of starts with this folder, from 1
 */
public record DataFolder(Path path, String hubId, long start) {

    public Path journal() {
        return path.resolve("journal");
    }

    public Path database() {
        return path.resolve("store");
    }

    public Path snapshots() {
        return path.resolve("snapshots");
    }

    public Path clips() {
        return path.resolve("clips");
    }

    public Path security() {
        return path.resolve("security");
    }

    /** Earlier versions of the configuration. */
    public Path revisions() {
        return path.resolve("revisions");
    }

    /** What the JVM wrote down when it died; the launcher names the same folder to it. */
    public Path crashes() {
        return path.resolve("crashes");
    }

    /** What remembers which images of watched folders were looked at. */
    public Path watchedFolders() {
        return path.resolve("folders");
    }

    /** Models that were fetched. */
    public Path models() {
        return models(path);
    }

    /** The same in a folder that no hub has opened. */
    public static Path models(Path data) {
        return data.resolve("models");
    }

    /** Tells which ports are in use, for people and parallel tests. */
    public Path portsFile() {
        return path.resolve("ports.json");
    }

    public Path initialAdminPassword() {
        return path.resolve("initial-admin-password");
    }
}
