package io.sightline.hub.spine;

import java.time.Instant;

/**
 * An event that its receiver rejected for good.
 *
 * @param id by which it is replayed or removed
 * @param queue where it came from and where a replay puts it
 * @param cause why it was rejected, in short
 * @param attempts how often it was tried, replays included
 * @param first when it was tried first
 * @param since when it was given up
 * @param event the bytes as they were
 */
public record DeadLetter(
        String id, String queue, String cause, int attempts, Instant first, Instant since, byte[] event) {}
