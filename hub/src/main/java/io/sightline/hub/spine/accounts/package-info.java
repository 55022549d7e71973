/**
 * What every sink was given and what became of it, in unique events, across restarts and crashes:
 *
 * <pre>
 *  accepted = delivered + filtered + dropped + waiting + dead
 *     │            └───────┬───────┘            └──┬───┘
 *     │            the sink's account         its queues
 *     └─ counted where events are published; for earlier starts, by the last number of each source on any sink
 * </pre>
 *
 * An entry of an account is a small message on the queue {@code accounts}, sent in the transaction that takes the event off
 * the sink's queue, so the two cannot disagree. Entries add up in any order; now and then they are folded into one per sink.
 */
@NullMarked
package io.sightline.hub.spine.accounts;

import org.jspecify.annotations.NullMarked;
