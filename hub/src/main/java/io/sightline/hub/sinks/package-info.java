/**
 * Sinks: what of the events goes where, as {@code sightline.yaml} says.
 *
 * <pre>
 *  sightline.sinks.NAME ─► pause ─► wanted? ─► format ─► endpoint of its kind ─► acknowledged ─► off the queue
 *  (on disk, its own)        ▲                                   │
 *                            └────── outage: the same again ◄────┴──► rejected: dead letters
 * </pre>
 *
 * <p>Each sink has one route, made of the template {@code spine-to-sink}, and one thread. An event leaves its queue after
 * the receiver has it; a sink that is said to be {@code at-most-once} may lose it, and counts that.
 */
@NullMarked
package io.sightline.hub.sinks;

import org.jspecify.annotations.NullMarked;
