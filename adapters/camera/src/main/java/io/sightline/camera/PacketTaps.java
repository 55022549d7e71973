package io.sightline.camera;

import io.sightline.engine.packets.PacketTap;
import java.util.Optional;

/** Wants what cameras send before it is decoded; a bean in the Camel registry. May be asked from any thread. */
@FunctionalInterface
public interface PacketTaps {
    /** Who takes the packets of a camera, asked for each connection; empty: nobody does. */
    Optional<PacketTap> find(String cameraId);
}
