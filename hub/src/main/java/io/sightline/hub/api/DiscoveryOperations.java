package io.sightline.hub.api;

import io.sightline.hub.discovery.CameraDiscovery;
import io.sightline.hub.discovery.DiscoveredCamera;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The operation that looks for cameras. */
public final class DiscoveryOperations {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CameraDiscovery discovery;

    DiscoveryOperations(CameraDiscovery discovery) {
        this.discovery = discovery;
    }

    /** Takes as long as devices on the network are given to answer. */
    public Map<String, Object> cameras() throws InterruptedException {
        return Map.of(
                "discovered",
                discovery.search(PATIENCE).stream()
                        .map(DiscoveryOperations::view)
                        .toList());
    }

    private static Map<String, Object> view(DiscoveredCamera camera) {
        var view = new LinkedHashMap<String, Object>();
        view.put("kind", camera.kind().word());
        view.put("name", camera.name());
        view.put("address", camera.address());
        view.put("id", camera.id());
        view.put("model", camera.model());
        view.put("hint", camera.hint());
        view.put(
                "proposal",
                Map.of("id", camera.proposal().id(), "uri", camera.proposal().uri()));
        return view;
    }
}
