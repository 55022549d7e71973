package io.sightline.hub.settings;

import io.sightline.engine.net.Network;
import io.sightline.hub.sinks.SinkSettings;
import io.sightline.hub.webhooks.InboundSource;
import java.util.List;
import java.util.Map;

/**
 * All of {@code config/sightline.yaml}.
 *
 * @param revision SHA-256 of the file as it was read, in lower case hex
 * @param cameraNetworks where cameras may be, empty: anywhere but in this machine
 * @param webhookNetworks where webhooks may go besides public addresses
 * @param inboundWebhooks who sends webhooks to the hub; names are unique
 * @param detectors by id
 * @param cameras by id, in the order of the file
 * @param sinks by id
 */
public record SightlineSettings(
        @Setting("The hub itself.") HubSettings hub,
        @Setting("Ports to listen on.") PortSettings ports,
        @Setting("Where detections are kept.") StoreSettings store,

        @Setting("How long detections, snapshots and clips are kept.")
        RetentionSettings retention,

        @Setting("How people and other objects are counted.")
        CountingSettings counting,

        @Setting("Networks that cameras may be in; without it all but loopback and link-local addresses.")
        List<Network> cameraNetworks,

        @Setting("Networks that webhooks may go to besides public addresses, also by http.")
        List<Network> webhookNetworks,

        @Setting(value = "Who sends webhooks to the hub, by name.", items = InboundWebhookKeys.class)
        List<InboundSource> inboundWebhooks,

        @Setting("Detectors by id.") Map<String, DetectorSettings> detectors,

        @Setting(value = "Cameras by id.", defaultsIn = "camera-defaults")
        Map<String, CameraSettings> cameras,

        @Setting("Sinks by id: where events go ([Sinks](sinks.md)).")
        Map<String, SinkSettings> sinks,

        String revision) {

    SightlineSettings withRevision(String sha256) {
        return new SightlineSettings(
                hub,
                ports,
                store,
                retention,
                counting,
                cameraNetworks,
                webhookNetworks,
                inboundWebhooks,
                detectors,
                cameras,
                sinks,
                sha256);
    }
}
