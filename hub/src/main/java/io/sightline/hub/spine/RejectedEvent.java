package io.sightline.hub.spine;

import io.sightline.hub.spine.accounts.EventNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes a dead letter.
 *
 * @param bytes as they were on the spine
 * @param queue where it came from
 * @param attempts how often it was tried
 * @param first when it was tried first
 * @param number null where it has none
 */
record RejectedEvent(
        byte[] bytes,
        String queue,
        String cause,
        int attempts,
        Instant first,
        @Nullable EventNumber number) {}
