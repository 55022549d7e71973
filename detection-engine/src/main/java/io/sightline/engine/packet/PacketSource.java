package io.sightline.engine.packet;

import io.sightline.engine.video.EndOfVideoException;
import io.sightline.engine.video.VideoException;
import java.io.Closeable;
import java.time.Duration;

/**
 * The encoded video of one camera or file, in order; nothing is decoded. Opened by its maker; used by one thread only,
 * but for {@link #close()}, which may come from any thread, also twice, and makes a waiting {@link #next} return or throw
 * soon.
 */
public interface PacketSource extends Closeable {

    StreamFormat format();

    /**
     * Waits for the next packet and hands it to a tap.
     *
     * @return whether one came within the patience
     * @throws EndOfVideoException if a finite source has no more
     * @throws VideoException if the connection is lost or the data cannot be read; close this source and open a new one
     */
    boolean next(Duration patience, PacketTap tap) throws VideoException;

    @Override
    void close();
}
