package io.sightline.engine.packet;

/**
 * Hears the encoded video of one stream, in the order in which it came. Called by the thread that reads the stream; must
 * not block.
 */
public interface PacketTap {
    /** What follows is of this format. Called before the first packet, and again after each new connection. */
    void format(StreamFormat format);

    /** One encoded picture. */
    void packet(EncodedPacket packet);

    /** Whether packets are of use now; who reads a stream for something else may leave them out while they are not. */
    default boolean wants() {
        return true;
    }
}
