package io.sightline.processors.pipeline;

import java.io.IOException;

/** Keeps pictures. Any thread. */
@FunctionalInterface
public interface SnapshotFiles {
    /**
     * Returns when the picture is on disk to stay; the same bytes twice are one file.
     *
     * @throws IOException if it cannot be kept, for example for lack of space; the event goes without it
     */
    SnapshotRef keep(byte[] jpeg) throws IOException;
}
