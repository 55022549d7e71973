/**
 * How many are where, and how many went in and out.
 *
 * <pre>
 *  event ─► StoreEvent (one transaction: the event, its detection, and) ─► EventCounter
 *              counts: now and totals · presences: who is where · count_hours: history     ─► CountStore ─► REST, console
 * </pre>
 *
 * The events are the only source: what they say is counted once by their ids, in the transaction that stores them, so
 * nothing is lost that the spine has, and a crash leaves no difference between the two.
 */
@NullMarked
package io.sightline.hub.counts;

import org.jspecify.annotations.NullMarked;
