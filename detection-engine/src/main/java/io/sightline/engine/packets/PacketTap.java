package io.sightline.engine.packets;

/**
 * Takes what a source sends before it is decoded. Called by the thread that reads the source, one call at a time; must
 * neither block nor throw.
 */
public interface PacketTap {
    /** What follows is this stream and goes on from nothing before: a new connection, or pictures of another kind. */
    void format(StreamFormat format);

    /** @param packet in the order of decoding; its bytes are valid during the call only */
    void packet(EncodedPacket packet);
}
