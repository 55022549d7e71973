package io.sightline.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Packets of 40 ms with a key packet every 400 ms. */
class KeptPacketsTest {
    private static final int GROUP = 10;
    private static final long ROOM = 1 << 20;
    private static final int PAGES = 40;

    private final Semaphore left = new Semaphore(PAGES);

    private static void send(KeptPackets to, int from, int until, int size) {
        for (int i = from; i < until; i++) {
            to.add(Packets.made(i, i % GROUP == 0, size));
        }
    }

    @Test
    void shouldGiveWhatItKeepsByteForByte() {
        // Given
        var kept = new KeptPackets(ROOM, left);

        // When
        send(kept, 0, 200, 3000);

        // Then: two seconds, and the group that they begin in
        assertThat(kept.bytes()).isEqualTo(60 * 3000);
        for (int i : new int[] {140, 177, 199}) {
            var spot = kept.nearest(Packets.NOON.plusMillis(i * 40L), Duration.ofMillis(10))
                    .orElseThrow();
            assertThat(kept.get(spot.number()).bytes()).hasSize(3000).containsOnly(i);
        }
    }

    @Test
    void shouldTakeItsPagesFromThoseOfAllAndGiveThemBack() {
        // Given
        var kept = new KeptPackets(ROOM, left);

        // When
        send(kept, 0, 200, 30_000);
        int taken = PAGES - left.availablePermits();
        kept.clear();

        // Then: 35 packets have room, which are 17 pages
        assertThat(taken).isBetween(8, 17 + 5);
        assertThat(left.availablePermits()).isEqualTo(PAGES);
    }

    @Test
    void shouldKeepNothingWhereTheOthersHaveTakenAll() {
        // Given
        var first = new KeptPackets(ROOM, left);
        var second = new KeptPackets(ROOM, left);
        left.acquireUninterruptibly(PAGES - 10);

        // When
        send(first, 0, 20, 30_000);
        send(second, 0, 20, 30_000);

        // Then
        assertThat(first.shortened() + second.shortened()).isPositive();
        assertThat(first.bytes() + second.bytes()).isLessThanOrEqualTo(10L * PacketPages.PAGE);

        // When: there is room again
        first.clear();
        send(second, 20, 30, 30_000);

        // Then
        assertThat(second.bytes()).isEqualTo(10 * 30_000);
    }

    @Test
    void shouldReckonWithWhatVerySmallPacketsTakeBesidesTheirBytes() {
        // Given
        var kept = new KeptPackets(10_000, left);

        // When: more than two hundred within two seconds
        for (int i = 0; i < 1000; i++) {
            var packet = Packets.made(i, i % 300 == 0, 8);
            kept.add(new EncodedPacket(packet.bytes(), i, i, packet.key(), Packets.NOON.plusMillis(i)));
        }

        // Then
        assertThat(kept.bytes()).isLessThanOrEqualTo(10_000 / 158 * 8);
    }
}
