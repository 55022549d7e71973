package io.sightline.engine.packet;

import java.nio.ByteBuffer;

/** Decodes packets that somebody kept. One thread at a time; holds native memory until it is closed. */
public interface PacketDecoder extends AutoCloseable {
    /**
     * Takes a packet. What cannot be decoded is passed over.
     *
     * @param label comes back with the picture; grows from packet to packet
     */
    void send(EncodedPacket packet, long label);

    /** No more packets follow: what is still held comes out. Only {@link #restart()} may follow then. */
    void drain();

    /** Goes on to the next decoded picture. @return whether there is one */
    boolean next();

    /** Of the picture that {@link #next} went on to. */
    long label();

    /** Pixels. */
    int width();

    /** Pixels. */
    int height();

    /** Writes that picture as I420 without padding at position 0. */
    void copyTo(ByteBuffer i420);

    /** Forgets everything; the next packet is a key packet. */
    void restart();

    @Override
    void close();
}
