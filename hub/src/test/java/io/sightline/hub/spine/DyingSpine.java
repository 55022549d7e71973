package io.sightline.hub.spine;

import io.sightline.processors.Event.Kind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Sends events, prints each that the spine has acknowledged, and dies without a word. */
final class DyingSpine {
    private DyingSpine() {}

    public static void main(String[] arguments) throws Exception {
        var spine = new TestSpine(Path.of(arguments[0]));
        spine.spine.ensureCamera("gate");
        spine.spine.ensureSink("store", Set.of(Kind.DETECTION), "test");
        var sender = new JmsSpineSender(spine.connections, spine.accounts);
        for (int i = 0; i < 300; i++) {
            String event = "event-" + i;
            sender.send("sightline.detections.gate", event.getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of());
            System.out.println("acknowledged " + event);
        }
        System.out.flush();
        Runtime.getRuntime().halt(9);
    }
}
