package io.sightline.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.Test;

class PacketOfferTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long MILLI = 1_000_000L;

    private Instant now = NOON;
    private boolean wanted;
    private int got;
    private final PacketOffer offer = new PacketOffer(tap(), clock(), format());

    private static StreamFormat format() {
        return new StreamFormat("h264", 27, 640, 360, new byte[0], new StreamFormat.Tick(1, 1000));
    }

    private PacketTap tap() {
        return new PacketTap() {
            @Override
            public void format(StreamFormat format) {}

            @Override
            public void packet(EncodedPacket packet) {
                got++;
            }

            @Override
            public boolean wants() {
                return wanted;
            }
        };
    }

    private Clock clock() {
        return new Clock() {
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
        };
    }

    @Test
    void shouldGivePacketsTheTimeOfTheFramesBesideThem() {
        assertThat(offer.capturedAt(1000, 1000)).isEqualTo(NOON);
        offer.taken(1000 * MILLI, NOON.minusMillis(150));
        now = NOON.plusMillis(500);

        assertThat(offer.capturedAt(1040, 1040)).isEqualTo(NOON.minusMillis(110));
    }

    @Test
    void shouldTakeTheHubsClockWhereTheStreamsMakesNoSense() {
        offer.capturedAt(1000, 1000);
        offer.taken(1000 * MILLI, NOON);
        now = NOON.plus(Duration.ofHours(1));

        assertThat(offer.capturedAt(1040, 1040)).isEqualTo(now);
        assertThat(offer.capturedAt(9_000_000, 9_000_000)).isEqualTo(now);
        assertThat(offer.capturedAt(EncodedPacket.NO_TIME, EncodedPacket.NO_TIME))
                .isEqualTo(now);
    }

    @Test
    void shouldBeginAnewWhereAFileDoes() {
        offer.capturedAt(5000, 5000);
        offer.taken(5000 * MILLI, NOON);
        now = NOON.plusMillis(40);

        assertThat(offer.capturedAt(0, 0)).isEqualTo(now);
    }

    @Test
    void shouldCopyNothingThatNobodyWants() {
        try (var packet = new AVPacket()) { // without memory: reading it would fail
            offer.read(packet);
        }

        assertThat(got).isZero();
    }
}
