package io.sightline.hub.api;

import java.time.Duration;
import java.util.Optional;

/** What cameras show now. Any thread. */
public interface LivePictures {
    /** @return a watch on the camera's pictures, empty if there is no such camera or it is disabled */
    Optional<Watch> watch(String cameraId);

    /** Pictures of one camera as they come; one thread. */
    interface Watch extends AutoCloseable {
        /**
         * Waits for a picture that this watch has not given yet.
         *
         * @return a JPEG with boxes, not to be changed; empty if none came in time
         */
        Optional<byte[]> next(Duration patience) throws InterruptedException;

        @Override
        void close();
    }
}
