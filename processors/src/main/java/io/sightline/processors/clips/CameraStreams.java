package io.sightline.processors.clips;

import io.sightline.engine.packets.PacketTap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What all cameras send. Any thread. */
public final class CameraStreams {
    private final ConcurrentHashMap<String, CameraStream> streams = new ConcurrentHashMap<>();

    /** Adds a camera, or changes what its packets are used for. To be called before its pictures are made otherwise. */
    public void use(String cameraId, CameraStream.Use use) {
        streams.computeIfAbsent(cameraId, id -> new CameraStream(use)).use(use);
    }

    /** Forgets a camera and all that is kept of it. */
    public void remove(String cameraId) {
        CameraStream gone = streams.remove(cameraId);
        if (gone != null) {
            gone.end();
        }
    }

    public Optional<CameraStream> find(String cameraId) {
        return Optional.ofNullable(streams.get(cameraId));
    }

    /** Who takes the packets of a camera. */
    public Optional<PacketTap> tap(String cameraId) {
        return find(cameraId).map(CameraStream::tap);
    }

    public Collection<CameraStream> all() {
        return List.copyOf(streams.values());
    }
}
