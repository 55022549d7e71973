package io.sightline.camera.objects;

import io.sightline.engine.video.VideoException;
import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;

/** The lists of one camera. Used by one thread, which closes it. */
public interface ObjectSource extends Closeable {
    /**
     * Waits for the next list.
     *
     * @return empty if none came within the patience: normal, not an error
     * @throws ListException if what came is of no use
     * @throws VideoException if nothing more can come; close this source and open a new one
     */
    Optional<SentList> next(Duration patience) throws ListException, VideoException;

    /** Messages that were dropped unread: of other senders than the camera, or too many in one second. */
    long dropped();

    @Override
    void close();

    /**
     * Opens the kind of source that an address names.
     *
     * @param camera for messages, for example {@code camera gate}
     * @throws VideoException if it cannot be opened now, with the reason
     */
    static ObjectSource open(String camera, ObjectsAddress address) throws VideoException {
        return address.can() ? CanObjects.open(camera, address) : UdpObjects.open(camera, address);
    }
}
