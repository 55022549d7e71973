package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.packets.EncodedPacket;
import io.sightline.engine.packets.PacketTap;
import io.sightline.engine.packets.StreamFormat;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketFeedTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long MILLI = 1_000_000L;
    private static final byte[] SETS = {0, 0, 0, 1, 0x67, 0x42, 0, 0x1e, 0, 0, 0, 1, 0x68, 5};
    private static final byte[] OTHER_SETS = {0, 0, 0, 1, 0x67, 0x42, 0, 0x1f, 0, 0, 0, 1, 0x68, 5};

    private final List<StreamFormat> formats = new ArrayList<>();
    private final List<EncodedPacket> packets = new ArrayList<>();
    private Instant now = NOON;
    private final PacketFeed feed = new PacketFeed(
            new PacketTap() {
                @Override
                public void format(StreamFormat format) {
                    formats.add(format);
                }

                @Override
                public void packet(EncodedPacket packet) {
                    packets.add(packet);
                }
            },
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            new StreamFormat("h264", 640, 360, SETS));

    private EncodedPacket send(long ptsMillis, long dtsMillis) {
        return send(new byte[] {0, 0, 0, 1, 0x41, 9}, false, ptsMillis * MILLI, dtsMillis * MILLI);
    }

    private EncodedPacket send(byte[] bytes, boolean key, long pts, long dts) {
        feed.packet(ByteBuffer.wrap(bytes), key, pts, dts);
        return packets.get(packets.size() - 1);
    }

    private static byte[] with(byte[] sets) {
        return ByteBuffer.allocate(sets.length + 7)
                .put(sets)
                .put(new byte[] {0, 0, 0, 1, 0x65, 1, 2})
                .array();
    }

    @Test
    void shouldBeginAtZeroAndKeepDistances() {
        assertThat(send(90_000, 89_960).dtsNanos()).isZero();
        assertThat(packets.get(0).ptsNanos()).isEqualTo(40 * MILLI);
        assertThat(send(90_120, 90_000).dtsNanos()).isEqualTo(40 * MILLI);
        assertThat(packets.get(1).ptsNanos()).isEqualTo(160 * MILLI);
    }

    @Test
    void shouldBridgeJumpsOfTheStreamsClock() {
        send(1000, 1000);
        send(1040, 1040);

        assertThat(send(95_443_717, 95_443_717).dtsNanos()).isEqualTo(80 * MILLI);
        assertThat(send(95_443_757, 95_443_757).dtsNanos()).isEqualTo(120 * MILLI);
        assertThat(send(3, 3).dtsNanos()).isEqualTo(160 * MILLI);
    }

    @Test
    void shouldGrowWhereTheStreamRepeatsItself() {
        send(1000, 1000);

        long second = send(1000, 1000).dtsNanos();
        long third = send(990, 990).dtsNanos();

        assertThat(second).isPositive();
        assertThat(third).isGreaterThan(second);
        assertThat(send(1080, 1080).dtsNanos()).isEqualTo(80 * MILLI);
    }

    @Test
    void shouldGrowWithoutTimeStamps() {
        var bytes = new byte[] {0, 0, 0, 1, 0x41};
        assertThat(send(bytes, false, PacketFeed.NONE, PacketFeed.NONE).dtsNanos())
                .isZero();
        assertThat(send(bytes, false, PacketFeed.NONE, PacketFeed.NONE).dtsNanos())
                .isEqualTo(40 * MILLI);
    }

    @Test
    void shouldGivePacketsTheTimeOfTheFramesBesideThem() {
        assertThat(send(1000, 1000).capturedAt()).isEqualTo(NOON);
        feed.taken(1000 * MILLI, NOON.minusMillis(150));
        now = NOON.plusMillis(500);

        assertThat(send(1040, 1040).capturedAt()).isEqualTo(NOON.minusMillis(110));
    }

    @Test
    void shouldTakeTheHubsClockWhereTheStreamsMakesNoSense() {
        send(1000, 1000);
        feed.taken(1000 * MILLI, NOON);
        now = NOON.plus(Duration.ofHours(1));

        assertThat(send(1040, 1040).capturedAt()).isEqualTo(now);
        assertThat(send(9_000_000, 9_000_000).capturedAt()).isEqualTo(now);
    }

    @Test
    void shouldTellTheFormatOnceAndAgainWhenItChanges() {
        send(with(SETS), true, 0, 0);
        send(with(SETS), true, 1000 * MILLI, 1000 * MILLI);
        assertThat(formats).hasSize(1);

        send(with(OTHER_SETS), true, 2000 * MILLI, 2000 * MILLI);

        assertThat(formats).hasSize(2);
        assertThat(formats.get(1).parameterSets()).isEqualTo(OTHER_SETS);
    }

    @Test
    void shouldFindParameterSetsBeforeTheFirstPictureOnly() {
        assertThat(ParameterSets.in("h264", ByteBuffer.wrap(with(SETS)))).isEqualTo(SETS);
        assertThat(ParameterSets.in("h264", ByteBuffer.wrap(new byte[] {0, 0, 1, 0x67, 9, 0, 0, 1, 0x65})))
                .isEqualTo(new byte[] {0, 0, 0, 1, 0x67, 9});
        assertThat(ParameterSets.in("h264", ByteBuffer.wrap(new byte[] {0, 0, 1, 0x65, 9, 0, 0, 1, 0x67, 8})))
                .isEmpty();
        assertThat(ParameterSets.in("hevc", ByteBuffer.wrap(new byte[] {0, 0, 1, 0x40, 1, 7, 0, 0, 1, 0x26, 1, 7})))
                .isEqualTo(new byte[] {0, 0, 0, 1, 0x40, 1, 7});
        assertThat(ParameterSets.in("h264", ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 0x67, 1, 2, 3})))
                .isEmpty();
        assertThat(ParameterSets.in("h264", ByteBuffer.wrap(new byte[0]))).isEmpty();
    }
}
