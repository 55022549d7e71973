package io.sightline.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SteadyStreamTest {
    private static final long MILLI = 1_000_000L;
    private static final byte[] SETS = {0, 0, 0, 1, 0x67, 0x42, 0, 0x1e, 0, 0, 0, 1, 0x68, 5};
    private static final byte[] OTHER_SETS = {0, 0, 0, 1, 0x67, 0x42, 0, 0x1f, 0, 0, 0, 1, 0x68, 5};

    /** A millisecond each, as in a file; RTP has 90 000 a second. */
    private final StreamFormat.Tick tick = new StreamFormat.Tick(1, 1000);

    private final SteadyStream stream = stream(SETS);

    private SteadyStream stream(byte[] extra) {
        return new SteadyStream(new StreamFormat("h264", 27, 640, 360, extra, tick));
    }

    private EncodedPacket send(long pts, long dts) {
        return stream.steady(packet(new byte[] {0, 0, 0, 1, 0x41, 9}, false, pts, dts));
    }

    private static EncodedPacket packet(byte[] bytes, boolean key, long pts, long dts) {
        return new EncodedPacket(bytes, pts, dts, key, Packets.NOON);
    }

    private static EncodedPacket key(byte[] sets) {
        byte[] bytes = ByteBuffer.allocate(sets.length + 7)
                .put(sets)
                .put(new byte[] {0, 0, 0, 1, 0x65, 1, 2})
                .array();
        return packet(bytes, true, 0, 0);
    }

    @Test
    void shouldBeginAtZeroAndKeepDistances() {
        EncodedPacket first = send(90_000, 89_960);
        EncodedPacket second = send(90_120, 90_000);

        assertThat(first.dts()).isZero();
        assertThat(first.pts()).isEqualTo(40 * MILLI);
        assertThat(second.dts()).isEqualTo(40 * MILLI);
        assertThat(second.pts()).isEqualTo(160 * MILLI);
        assertThat(stream.format().tick()).isEqualTo(StreamFormat.Tick.NANOSECOND);
    }

    @Test
    void shouldBridgeJumpsOfTheStreamsClock() {
        send(1000, 1000);
        send(1040, 1040);

        assertThat(send(95_443_717, 95_443_717).dts()).isEqualTo(80 * MILLI);
        assertThat(send(95_443_757, 95_443_757).dts()).isEqualTo(120 * MILLI);
        assertThat(send(3, 3).dts()).isEqualTo(160 * MILLI);
    }

    @Test
    void shouldGrowWhereTheStreamRepeatsItself() {
        send(1000, 1000);

        long second = send(1000, 1000).dts();
        long third = send(990, 990).dts();

        assertThat(second).isPositive();
        assertThat(third).isGreaterThan(second);
        assertThat(send(1080, 1080).dts()).isEqualTo(80 * MILLI);
    }

    @Test
    void shouldGrowWithoutTimeStamps() {
        assertThat(send(EncodedPacket.NO_TIME, EncodedPacket.NO_TIME).dts()).isZero();
        assertThat(send(EncodedPacket.NO_TIME, EncodedPacket.NO_TIME).dts()).isEqualTo(40 * MILLI);
    }

    @Test
    void shouldTellOfAnotherFormatOnlyWhereItIsAnother() {
        assertThat(stream.changes(key(SETS))).isFalse();
        assertThat(stream.changes(key(OTHER_SETS))).isTrue();
        assertThat(stream.changes(key(OTHER_SETS))).isFalse();
        assertThat(stream.format().extra()).isEqualTo(OTHER_SETS);
    }

    /** As cameras do that repeat their stream, or whose server adds the sets to pictures that bring them. */
    @Test
    void shouldTakeSetsThatComeTwiceOrInPartForTheSameFormat() {
        byte[] twice = ByteBuffer.allocate(2 * SETS.length).put(SETS).put(SETS).array();
        int second = startOfSecond(SETS);
        byte[] one = Arrays.copyOfRange(SETS, second, SETS.length);

        assertThat(stream.changes(key(SETS))).isFalse();
        assertThat(stream.changes(key(twice))).isFalse();
        assertThat(stream.changes(key(one))).isFalse();
        assertThat(stream.changes(key(SETS))).isFalse();
        assertThat(stream.format().extra()).isEqualTo(SETS);
    }

    @Test
    void shouldRenewOnlyTheKindOfSetThatIsAnother() {
        assertThat(stream.changes(key(SETS))).isFalse();
        byte[] other = {0, 0, 0, 1, 0x68, 0x55, 0x44};

        assertThat(stream.changes(key(other))).isTrue();

        byte[] first = Arrays.copyOf(SETS, startOfSecond(SETS));
        assertThat(stream.format().extra()).startsWith(first).endsWith(other).hasSize(first.length + other.length);
    }

    private static int startOfSecond(byte[] sets) {
        for (int i = 1; i + 3 < sets.length; i++) {
            if (sets[i] == 0 && sets[i + 1] == 0 && sets[i + 2] == 0 && sets[i + 3] == 1) {
                return i;
            }
        }
        throw new AssertionError("there is one only");
    }

    private static byte[] sets(String codec, byte[] packet) {
        return ParameterSets.bytes(ParameterSets.in(codec, packet));
    }

    @Test
    void shouldWaitForParameterSetsWhereOnlyThePicturesBringThem() {
        // Given
        SteadyStream bare = stream(new byte[0]);
        assertThat(bare.isComplete()).isFalse();
        // When
        boolean changed = bare.changes(key(SETS));
        // Then
        assertThat(changed).isTrue();
        assertThat(bare.isComplete()).isTrue();
        assertThat(bare.format().browserCodec()).contains("avc1.42001e");
    }

    @Test
    void shouldFindParameterSetsBeforeTheFirstPictureOnly() {
        assertThat(sets("h264", key(SETS).bytes())).isEqualTo(SETS);
        assertThat(sets("h264", new byte[] {0, 0, 1, 0x67, 9, 0, 0, 1, 0x65}))
                .isEqualTo(new byte[] {0, 0, 0, 1, 0x67, 9});
        assertThat(sets("h264", new byte[] {0, 0, 1, 0x65, 9, 0, 0, 1, 0x67, 8}))
                .isEmpty();
        assertThat(sets("hevc", new byte[] {0, 0, 1, 0x40, 1, 7, 0, 0, 1, 0x26, 1, 7}))
                .isEqualTo(new byte[] {0, 0, 0, 1, 0x40, 1, 7});
        assertThat(sets("h264", new byte[] {0, 0, 0, 9, 0x67, 1, 2, 3})).isEmpty();
        assertThat(sets("h264", new byte[0])).isEmpty();
    }
}
