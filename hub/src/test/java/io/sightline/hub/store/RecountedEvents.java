package io.sightline.hub.store;

import io.sightline.hub.counts.CountKind;
import io.sightline.hub.counts.CountNow;
import io.sightline.hub.counts.CountSeries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plainest way to count stored events of the camera gate: all of them, from the first to the last. */
final class RecountedEvents {
    private final Set<String> inPicture = new HashSet<>();
    private final Set<String> inZone = new HashSet<>();
    private final long[][] totals = new long[CountKind.values().length][2];

    RecountedEvents(List<StoredEvent> events) {
        events.forEach(event -> {
            ParsedEvent parsed = ParsedEvent.of(event.body());
            String id = parsed.data()
                    .path("detection_id")
                    .asText(parsed.data().path("id").asText());
            switch (event.type().substring("io.sightline.".length())) {
                case "detection.started" -> in(CountKind.CAMERA, inPicture.add(id));
                case "zone.entered" -> in(CountKind.ZONE, inZone.add(id));
                case "zone.left" -> out(CountKind.ZONE, inZone.remove(id));
                case "line.crossed" -> {
                    boolean in = parsed.data().path("direction").asText().equals("a-to-b");
                    in(CountKind.LINE, in);
                    out(CountKind.LINE, !in);
                }
                case "detection.ended" -> {
                    out(CountKind.CAMERA, inPicture.remove(id));
                    out(CountKind.ZONE, inZone.remove(id));
                }
                default -> {}
            }
        });
    }

    private void in(CountKind kind, boolean one) {
        totals[kind.ordinal()][0] += one ? 1 : 0;
    }

    private void out(CountKind kind, boolean one) {
        totals[kind.ordinal()][1] += one ? 1 : 0;
    }

    /** Of those series in which something happened. */
    List<CountNow> counts() {
        var counts = new ArrayList<CountNow>();
        add(counts, CountKind.CAMERA, "gate", inPicture.size());
        add(counts, CountKind.ZONE, "crossing", inZone.size());
        long[] line = totals[CountKind.LINE.ordinal()];
        add(counts, CountKind.LINE, "kerb", Math.max(0, line[0] - line[1]));
        return counts;
    }

    private void add(List<CountNow> counts, CountKind kind, String name, long current) {
        long[] of = totals[kind.ordinal()];
        if (of[0] + of[1] > 0) {
            counts.add(new CountNow(
                    new CountSeries("gate", kind, name, "person"), current, of[0], of[1], Optional.empty()));
        }
    }
}
