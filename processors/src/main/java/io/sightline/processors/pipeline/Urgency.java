package io.sightline.processors.pipeline;

import io.sightline.engine.detect.Priority;
import io.sightline.engine.scene.Scene;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.track.Track;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How important a camera is just now: as configured, and more while a certain track is in a zone that says so. Taken in
 * by one thread, asked by any.
 */
final class Urgency {
    private final Priority usual;
    private final Map<String, Priority> zones;
    private volatile Priority now;

    Urgency(PipelineSettings settings) {
        usual = settings.priority();
        now = usual;
        zones = settings.scene().zones().stream()
                .filter(zone -> Priority.higher(usual, zone.priority()) != usual)
                .collect(Collectors.toUnmodifiableMap(Zone::id, Zone::priority));
    }

    Priority now() {
        return now;
    }

    /** @param active all certain tracks that live on, after the scene has taken them in */
    void update(List<Track> active, Scene scene) {
        if (zones.isEmpty()) {
            return;
        }
        now = active.stream()
                .flatMap(track -> scene.zonesOf(track.id()).stream())
                .map(zone -> zones.getOrDefault(zone, usual))
                .reduce(usual, Priority::higher);
    }
}
