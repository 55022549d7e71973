package io.sightline.hub.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events of the camera gate with its zone crossing and its line kerb, in the order of their making. */
final class ToldEvents {
    private final Map<String, Integer> sequences = new HashMap<>();
    private int made;

    String detection(String what, String id, String label, Instant time) {
        String ended = what.equals("ended") ? ",\"ended_at\":\"" + time + "\",\"reason\":\"left\"" : "";
        return event("detection." + what, time, "\"id\":\"" + id + "\"" + rest(label, time) + ended);
    }

    /** What a hub that was killed sends when it is up again. */
    String restarted(String id, String label, Instant last, Instant time) {
        String ended = ",\"ended_at\":\"" + last + "\",\"reason\":\"hub-restarted\"";
        return event("detection.ended", time, "\"id\":\"" + id + "\"" + rest(label, last) + ended);
    }

    String zone(String what, String id, String label, Instant time) {
        return event("zone." + what, time, about(id, label) + ",\"zone\":\"crossing\"");
    }

    String crossed(String id, String direction, Instant time) {
        return event(
                "line.crossed", time, about(id, "person") + ",\"line\":\"kerb\",\"direction\":\"" + direction + "\"");
    }

    /** People who walk in, to and fro, and out; as many as given, several at a time. */
    List<String> walks(Random random, int people) {
        var events = new ArrayList<String>();
        var inZone = new HashMap<String, Boolean>();
        Instant time = Stores.NOON;
        int next = 0;
        while (next < people || !inZone.isEmpty()) {
            time = time.plusSeconds(random.nextInt(120));
            var there = List.copyOf(inZone.keySet());
            if (next < people && (there.isEmpty() || random.nextInt(4) == 0)) {
                String id = "w" + next++;
                inZone.put(id, false);
                events.add(detection("started", id, "person", time));
                continue;
            }
            String id = there.get(random.nextInt(there.size()));
            step(random.nextInt(4), id, time, inZone, events);
        }
        return events;
    }

    private void step(int what, String id, Instant time, Map<String, Boolean> inZone, List<String> events) {
        boolean inside = inZone.get(id);
        if (what == 0) {
            if (inside) {
                events.add(zone("left", id, "person", time));
            }
            events.add(detection("ended", id, "person", time));
            inZone.remove(id);
        } else if (what == 1) {
            events.add(crossed(id, time.getEpochSecond() % 2 == 0 ? "a-to-b" : "b-to-a", time));
        } else {
            events.add(zone(inside ? "left" : "entered", id, "person", time));
            inZone.put(id, !inside);
        }
    }

    private static String about(String id, String label) {
        return "\"detection_id\":\"" + id + "\",\"camera_id\":\"gate\",\"type\":\"" + label + "\"";
    }

    private static String rest(String label, Instant time) {
        return ",\"camera_id\":\"gate\",\"type\":\"" + label + "\",\"confidence\":0.5,\"started_at\":\"" + time + "\"";
    }

    private String event(String type, Instant time, String data) {
        String source = type.startsWith("detection") ? "cameras/gate" : "cameras/gate/scene";
        int sequence = sequences.merge(source, 1, Integer::sum);
        return """
                {"specversion":"1.0","id":"t-%d","source":"/hubs/h/%s","type":"io.sightline.%s","subject":"gate",
                 "time":"%s","sequence":"000001-%013d","data":{%s}}""".formatted(++made, source, type, time, sequence, data);
    }
}
