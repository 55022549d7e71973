package io.sightline.hub.spine;

import org.jspecify.annotations.Nullable;

/**
 * A queue on the spine that fills and is not read.
 *
 * @param queue name, by which it is removed
 * @param address where its events come from
 * @param owner user who subscribed; null for the queue of a sink
 * @param messages how many wait
 * @param bytes how much they take
 */
public record Orphan(String queue, String address, @Nullable String owner, long messages, long bytes) {}
