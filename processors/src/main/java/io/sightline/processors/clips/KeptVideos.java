package io.sightline.processors.clips;

import io.sightline.engine.packet.PacketTap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What all cameras send. Any thread. */
public final class KeptVideos {
    private final ConcurrentHashMap<String, KeptVideo> videos = new ConcurrentHashMap<>();
    private final Consumer<String> whenCovered;

    /** @param whenCovered told of each camera whose pictures are covered from now on, once nothing of it is kept */
    public KeptVideos(Consumer<String> whenCovered) {
        this.whenCovered = whenCovered;
    }

    /** Adds a camera, or changes what its packets are used for. To be called before its pictures are made otherwise. */
    public void use(String cameraId, KeptVideo.Use use) {
        videos.computeIfAbsent(cameraId, id -> new KeptVideo(use)).use(use);
        if (use.covered()) {
            whenCovered.accept(cameraId);
        }
    }

    /** Forgets a camera and all that is kept of it. */
    public void remove(String cameraId) {
        KeptVideo gone = videos.remove(cameraId);
        if (gone != null) {
            gone.end();
        }
    }

    public Optional<KeptVideo> find(String cameraId) {
        return Optional.ofNullable(videos.get(cameraId));
    }

    /** Who takes the packets of a camera. */
    public Optional<PacketTap> tap(String cameraId) {
        return find(cameraId).map(KeptVideo::tap);
    }

    public Collection<KeptVideo> all() {
        return List.copyOf(videos.values());
    }
}
