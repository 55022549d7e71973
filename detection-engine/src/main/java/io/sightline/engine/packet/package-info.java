/**
 * Video as it came, before anybody decodes it: sent on, kept for some seconds, and written as MP4 without encoding.
 *
 * <pre>
 *  PacketSource ──packet──► PacketTap ◄── implemented by RecentPictures and PacketRing
 *  VideoSource  (one reader thread)
 *
 *  RecentPictures ──at(time)──► PacketDecoder ──► Frame        (decoded only when somebody asks)
 *  PacketRing ──RingReader──┬─► ClipFile                       (a file; thread of the clip writer)
 *  (outside the heap)       └─► FragmentedMp4                  (messages; threads that serve viewers)
 * </pre>
 *
 * Packets on their way are arrays on the heap; native memory stays behind
 * {@link io.sightline.engine.packet.PacketDecoder} and in the classes that write MP4. What a tap cannot keep it drops by
 * itself; nothing here waits for it. The ring is the only queue: whoever reads it too slowly misses whole groups of
 * pictures, and is told how many packets.
 */
@NullMarked
package io.sightline.engine.packet;

import org.jspecify.annotations.NullMarked;
