package io.sightline.engine.video;

import io.sightline.engine.packet.PacketTap;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The pictures of one camera or file, in order. Opened by its maker; used by one thread only, but for {@link #close()},
 * which may come from any thread, also twice, and makes a waiting {@link #next} return or throw soon.
 */
public interface VideoSource extends Closeable {

    /** What the source offers, known once it is open; follows pictures that change their size. */
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
     * Gives a tap what is read from now on, before it is decoded; what it does not want is left out. To be called once,
     * before the first picture is read; sources that read no packets give it nothing.
     */
    default void offerPackets(PacketTap tap) {}

    /** Packets of pictures that have come, more than pictures where not all are decoded; 0 where nobody counts them. */
    default long packets() {
        return 0;
    }

    /** What is not as it was asked for, although pictures come. */
    default Optional<Warning> warning() {
        return Optional.empty();
    }

    /** Pictures that were given although parts of them were missing; packets lost on the way make them. */
    default long damaged() {
        return 0;
    }

    /**
     * {@link System#nanoTime} at which data of pictures came last, whether they could be decoded or not; empty before the
     * first, and of sources that do not tell.
     */
    default OptionalLong lastPacketNanos() {
        return OptionalLong.empty();
    }

    /** Profile of the coding, for example {@code High}; empty where it is not known. */
    default Optional<String> profile() {
        return Optional.empty();
    }

    /** Coding of the sound in the same file, for example {@code aac}; empty where there is none, and of streams. */
    default Optional<String> sound() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * What is not as it was asked for.
     *
     * @param code in one word that states and metrics can carry
     * @param sentence for people, without the camera's name
     */
    record Warning(String code, String sentence) {}

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
