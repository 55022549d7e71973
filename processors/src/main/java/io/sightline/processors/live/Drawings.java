package io.sightline.processors.live;

import io.sightline.engine.scene.Line;
import io.sightline.engine.scene.Scene;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.track.Track;
import io.sightline.engine.video.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is drawn over the pictures of one moment. Zones and lines lie below the boxes. */
final class Drawings {
    private Drawings() {}

    static List<Overlay> of(Set<Layer> layers, List<Track> seen, Scene scene) {
        var overlays = new ArrayList<Overlay>();
        if (layers.contains(Layer.ZONES)) {
            scene.settings().zones().forEach(zone -> overlays.add(area(zone, scene)));
            scene.settings().lines().forEach(line -> overlays.add(border(line, scene)));
        }
        if (layers.contains(Layer.BOXES)) {
            seen.forEach(track -> overlays.add(box(track, scene)));
        }
        return overlays;
    }

    private static Overlay area(Zone zone, Scene scene) {
        int inside = scene.occupancy(zone.id());
        boolean crowded = zone.crowd() > 0 && inside >= zone.crowd();
        return new Overlay.Area(zone.polygon(), zone.id() + " " + inside, crowded);
    }

    /** The arrow in the picture points the way of the first number. */
    private static Overlay border(Line line, Scene scene) {
        var count = scene.count(line.id());
        return new Overlay.Border(line.from(), line.to(), line.id() + " +" + count.aToB() + " -" + count.bToA());
    }

    private static Overlay box(Track track, Scene scene) {
        var text = new StringBuilder(
                String.format(Locale.ROOT, "%s %d %.0f%%", track.label(), track.id(), track.confidence() * 100));
        scene.speedOf(track.id()).ifPresent(speed -> text.append(String.format(Locale.ROOT, " %.1f m/s", speed)));
        return new Overlay.Box(track.box(), text.toString());
    }
}
