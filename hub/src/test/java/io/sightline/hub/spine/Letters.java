package io.sightline.hub.spine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Makes dead letters, for tests outside of this package. */
public final class Letters {
    private Letters() {}

    public static void add(DeadLetters letters, String event, String queue) {
        letters.add(new RejectedEvent(
                event.getBytes(StandardCharsets.UTF_8), queue, "no such siren", 10, Instant.now(), null));
    }
}
