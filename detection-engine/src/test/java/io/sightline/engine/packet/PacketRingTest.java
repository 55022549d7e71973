package io.sightline.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacketRingTest {
    private static final int GROUP = 10;
    private static final int SIZE = 3000;
    private static final long ROOM = 1 << 20;

    private final PacketRing ring = new PacketRing();
    private int sent;

    @BeforeEach
    void begin() {
        ring.keep(Duration.ofSeconds(2), ROOM);
        ring.format(Packets.FORMAT);
    }

    /** Packets of 40 ms with a key frame every 400 ms. */
    private void send(int count) {
        for (int end = sent + count; sent < end; sent++) {
            ring.packet(Packets.made(sent, sent % GROUP == 0, SIZE));
        }
    }

    private static Instant taken(int number) {
        return Packets.NOON.plusMillis(number * 40L);
    }

    private static List<Integer> numbers(RingReader reader) {
        var numbers = new ArrayList<Integer>();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            byte[] bytes = next.get().bytes();
            numbers.add(bytes[0] & 0xff);
            assertThat(bytes).hasSize(SIZE).endsWith(bytes[0]);
        }
        return numbers;
    }

    @Test
    void shouldKeepTheTimeAskedForAndAtMostOneGroupMore() {
        send(1000);

        assertThat(ring.covers()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2400));
        assertThat(ring.bytes()).isEqualTo(60 * SIZE);
        assertThat(ring.reserved()).isLessThan(ring.bytes() + 7 * PacketPages.PAGE);
        assertThat(ring.shortened()).isZero();
    }

    @Test
    void shouldBeginWithTheKeyFrameAtOrBeforeTheTime() {
        send(65);

        assertThat(ring.read(taken(25)).orElseThrow().startsAt()).isEqualTo(taken(20));
        assertThat(ring.read(taken(30)).orElseThrow().startsAt()).isEqualTo(taken(30));
        assertThat(ring.read(taken(-1000)).orElseThrow().startsAt()).isEqualTo(taken(10));
        assertThat(ring.readNewest().orElseThrow().startsAt()).isEqualTo(taken(60));
    }

    @Test
    void shouldGiveEveryPacketInOrderWithItsOwnBytes() {
        send(40);
        RingReader reader = ring.read(taken(0)).orElseThrow();

        List<Integer> first = numbers(reader);
        send(3);
        List<Integer> then = numbers(reader);

        assertThat(first).hasSize(40).isSorted().startsWith(0);
        assertThat(then).containsExactly(40, 41, 42);
        assertThat(reader.lost()).isZero();
        assertThat(reader.hasJumped()).isFalse();
    }

    @Test
    void shouldTellASlowReaderWhatItMissedAndGoOnWithAKeyFrame() {
        send(20);
        RingReader reader = ring.readNewest().orElseThrow();
        numbers(reader);

        send(200);

        assertThat(reader.behind()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(numbers(reader)).startsWith(160).endsWith(219);
        assertThat(reader.lost()).isEqualTo(140);
        assertThat(reader.hasJumped()).isTrue();
        assertThat(reader.hasJumped()).isFalse();
    }

    @Test
    void shouldSkipToTheNewestKeyFrame() {
        send(45);
        RingReader reader = ring.read(taken(0)).orElseThrow();

        reader.skip();
        reader.skip();

        assertThat(numbers(reader)).containsExactly(40, 41, 42, 43, 44);
        assertThat(reader.lost()).isEqualTo(40);
    }

    @Test
    void shouldKeepWhatIsStillToBeReadUntilItIs() {
        // Given
        send(20);
        RingReader reader = ring.read(taken(0)).orElseThrow();
        numbers(reader);

        // When
        send(200);

        // Then
        assertThat(ring.covers()).isGreaterThan(Duration.ofSeconds(7));
        assertThat(numbers(reader)).hasSize(200).startsWith(20).endsWith(219);
        assertThat(reader.lost()).isZero();
        send(10);
        assertThat(ring.covers()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void shouldKeepNothingForAReaderThatIsClosedOrHasNoRoom() {
        // Given
        send(20);
        RingReader reader = ring.read(taken(0)).orElseThrow();
        send(200);

        // When
        reader.close();

        // Then
        assertThat(ring.covers()).isLessThan(Duration.ofSeconds(3));

        // Given: room for less than what is to be read
        RingReader late = ring.read(taken(160)).orElseThrow();
        ring.keep(Duration.ofSeconds(2), 70 * SIZE);

        // When
        send(100);

        // Then
        assertThat(ring.bytes()).isLessThanOrEqualTo(70 * SIZE);
        assertThat(numbers(late)).endsWith(319 & 0xff);
        assertThat(late.lost()).isPositive();
    }

    @Test
    void shouldDropGroupsThatDoNotFit() {
        ring.keep(Duration.ofSeconds(2), 25 * SIZE);

        send(100);

        assertThat(ring.bytes()).isLessThanOrEqualTo(25 * SIZE);
        assertThat(ring.shortened()).isPositive();
        assertThat(numbers(ring.read(taken(0)).orElseThrow())).startsWith(80);
    }

    @Test
    void shouldReckonWithWhatVerySmallPacketsTakeBesidesTheirBytes() {
        ring.keep(Duration.ofHours(1), 100_000);

        for (int i = 0; i < 5000; i++) {
            ring.packet(Packets.made(i, i % GROUP == 0, 8));
        }

        assertThat(ring.covers()).isLessThan(Duration.ofSeconds(30));
        assertThat(ring.shortened()).isPositive();
    }

    @Test
    void shouldBeginAnewWhereOneGroupAloneDoesNotFit() {
        ring.keep(Duration.ofSeconds(2), 5 * SIZE);

        send(8);

        assertThat(ring.bytes()).isZero();
        assertThat(ring.readNewest()).isEmpty();
        send(3);
        assertThat(numbers(ring.readNewest().orElseThrow())).containsExactly(10);
    }

    @Test
    void shouldEndReadersWhenTheStreamBeginsAnew() {
        send(15);
        RingReader reader = ring.readNewest().orElseThrow();

        ring.format(Packets.FORMAT);
        send(20);

        assertThat(reader.isOver()).isTrue();
        assertThat(reader.next()).isEmpty();
        assertThat(numbers(ring.readNewest().orElseThrow())).startsWith(30);
    }

    @Test
    void shouldForgetAllAndTakeNothingWhileStopped() {
        send(15);
        RingReader reader = ring.readNewest().orElseThrow();

        ring.stop();
        send(15);

        assertThat(reader.isOver()).isTrue();
        assertThat(ring.bytes()).isZero();
        assertThat(ring.reserved()).isZero();
        assertThat(ring.readNewest()).isEmpty();
        assertThat(ring.format()).contains(Packets.FORMAT);
    }

    @Test
    void shouldBeginWithAKeyFrame() {
        sent = 5;

        send(5);

        assertThat(ring.bytes()).isZero();
        send(2);
        assertThat(numbers(ring.readNewest().orElseThrow())).containsExactly(10, 11);
    }

    @Test
    void shouldWakeListenersForEachPacketKept() {
        var woken = new AtomicInteger();
        Runnable listener = woken::incrementAndGet;
        ring.listen(listener);

        send(7);
        ring.unlisten(listener);
        send(7);

        assertThat(woken).hasValue(7);
    }

    @Test
    void shouldTakeNothingOfACodecThatCannotBeKept() {
        ring.format(new StreamFormat("mjpeg", 7, 640, 360, new byte[] {1}, StreamFormat.Tick.NANOSECOND));

        send(20);

        assertThat(ring.wants()).isFalse();
        assertThat(ring.format()).isEmpty();
        assertThat(ring.reserved()).isZero();
    }

    @Test
    void shouldWantPacketsOnlyWhileTheyAreOfUse() {
        assertThat(ring.wants()).isTrue();
        ring.stop();
        assertThat(ring.wants()).isFalse();
        ring.format(Packets.h264(new byte[0])); // the parameter sets are in the packets
        assertThat(ring.wants()).isTrue();
    }

    @Test
    void shouldCarryPacketsLargerThanAPage() {
        ring.packet(Packets.made(0, true, 3 * PacketPages.PAGE + 17));
        ring.packet(Packets.made(1, false, 1));

        RingReader reader = ring.readNewest().orElseThrow();
        EncodedPacket large = reader.next().orElseThrow();
        assertThat(large.bytes()).hasSize(3 * PacketPages.PAGE + 17);
        assertThat(large.bytes()).containsOnly(0);
        assertThat(reader.next().orElseThrow().bytes()[0]).isEqualTo((byte) 1);
    }
}
