package io.sightline.processors.clips;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where clips lie. {@link #link} may be called by any thread and waits for nothing, the others by the clip writer only. */
public interface ClipFolder {
    /**
     * @return the file to write; nobody sees it as a clip
     * @throws IOException if there is no room, or it cannot be made
     */
    Path begin(Clip clip) throws IOException;

    /** The file is whole: from now on it is the clip. */
    void complete(Clip clip) throws IOException;

    /** The file is of no use. */
    void giveUp(Clip clip);

    /** An event that was sent now refers to the clip, which may be there or still be being written. */
    void referred(Clip clip);

    /** @param length empty while it is not known */
    ClipRef link(Clip clip, Instant startsAt, Optional<Duration> length);

    /** Which clip: of a configured camera, with a UUID of its own. */
    record Clip(String cameraId, String id) {}
}
