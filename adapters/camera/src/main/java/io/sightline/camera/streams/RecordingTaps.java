package io.sightline.camera.streams;

import io.sightline.engine.packet.PacketTap;
import java.util.Optional;

/** Knows who wants the encoded video of a camera's recorded stream; a bean in the Camel registry. Any thread. */
@FunctionalInterface
public interface RecordingTaps {
    /** @return who hears the packets of that camera from now on, or empty; called when the camera starts */
    Optional<PacketTap> tap(String cameraId);
}
