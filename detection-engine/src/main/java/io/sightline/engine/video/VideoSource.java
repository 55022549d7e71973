package io.sightline.engine.video;

import io.sightline.engine.packets.PacketTap;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The pictures of one camera or file, in order. Opened by its maker; used by one thread only, but for {@link #close()},
 * which may come from any thread, also twice, and makes a waiting {@link #next} return or throw soon.
 */
public interface VideoSource extends Closeable {

    /** What the source offers, known once it is open. */
    StreamInfo stream();

    /**
     * Waits for the next picture and decodes it.
     *
     * @return the picture, valid until the next call; or empty if none came within the patience: normal, not an error
     * @throws EndOfVideoException if a finite source has no more pictures
     * @throws VideoException if the connection is lost or the data cannot be read; close this source and open a new one
     */
    Optional<Picture> next(Duration patience) throws VideoException;

    /** Packets and pictures that were skipped because they could not be decoded. */
    default long broken() {
        return 0;
    }

    /**
     * Gives a tap what is read from now on, before it is decoded. To be called once, before the first picture is read;
     * sources that read no packets of {@link io.sightline.engine.packets.StreamFormat#CODECS} give it nothing.
     */
    default void offerPackets(PacketTap tap) {}

    @Override
    void close();

    /** A decoded picture that still belongs to its source. */
    interface Picture {
        Instant capturedAt();

        /** Time since the first picture, by the stream's own clock. */
        Duration mediaTime();

        int width();

        int height();

        /** Writes the picture as I420 without padding at position 0; needs {@link FrameInfo#bytes(int, int)} bytes. */
        void copyTo(ByteBuffer i420);
    }
}
