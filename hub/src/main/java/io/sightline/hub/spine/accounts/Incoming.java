package io.sightline.hub.spine.accounts;

import org.jspecify.annotations.Nullable;

/**
 * An event as it comes out of a sink's queue.
 *
 * @param messageId the same when the broker gives the same message again
 * @param number null where it has none: it is of an earlier release, or no event of this hub
 * @param letter whether it was a dead letter and is replayed
 */
public record Incoming(String messageId, @Nullable EventNumber number, boolean letter) {}
