/**
 * Video as it came, before anybody decodes it.
 *
 * <pre>
 *  PacketSource ──packet──► PacketTap ◄── implemented by RecentPictures, and by whoever keeps or sends on what was encoded
 *  (one reader thread)
 *  RecentPictures ──at(time)──► PacketDecoder ──► Frame      (decoded only when somebody asks)
 * </pre>
 *
 * Packets are arrays on the heap; native memory stays behind {@link io.sightline.engine.packet.PacketDecoder}. What a
 * tap cannot keep it drops by itself; nothing here waits for it.
 */
@NullMarked
package io.sightline.engine.packet;

import org.jspecify.annotations.NullMarked;
