/**
 * What cameras send, as they encoded it: kept for some seconds, and written as MP4 without decoding or encoding.
 *
 * <pre>
 *  VideoSource ──PacketTap──► PacketRing ──RingReader──┬─► ClipFile       (a file; thread of the clip writer)
 *  (reader thread)            seconds, outside          └─► FragmentedMp4  (messages; threads that serve viewers)
 *                             the heap, limited
 * </pre>
 *
 * The ring is the only queue: whoever reads it too slowly misses whole groups of pictures, and is told how many packets.
 */
@NullMarked
package io.sightline.engine.packets;

import org.jspecify.annotations.NullMarked;
