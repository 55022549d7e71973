package io.sightline.hub.store;

import java.time.Instant;

/**
 * One event as it was sent.
 *
 * @param id CloudEvents id
 * @param sequence grows within its source
 * @param subject camera, rule, signal or integration
 * @param body CloudEvents JSON in UTF-8, the very bytes; not to be changed
 */
public record StoredEvent(
        String id, String source, String sequence, String type, String subject, Instant time, byte[] body) {}
