package io.sightline.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.VideoException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream of 10 packets per second, a key packet each second; the brightness of a picture is its number. */
class RecentPicturesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamFormat FORMAT =
            new StreamFormat("counting", 1, 2, 2, new byte[0], new StreamFormat.Tick(1, 10));
    private static final int GROUP = 10;

    private final List<CountingDecoder> decoders = new ArrayList<>();
    private int delay;
    private RecentPictures recent = recent(10_000);

    @AfterEach
    void close() {
        recent.close();
        assertThat(decoders).allMatch(decoder -> decoder.closed);
    }

    private RecentPictures recent(long mostBytes) {
        return new RecentPictures(
                format -> {
                    var decoder = new CountingDecoder(delay);
                    decoders.add(decoder);
                    return decoder;
                },
                mostBytes);
    }

    @Test
    void shouldDecodeThePictureOfTheMomentFromItsKeyPacketOn() throws VideoException {
        // Given
        play(0, 25);

        // When
        int number = like(17.2);

        // Then
        assertThat(number).isEqualTo(17);
        assertThat(decoders).hasSize(1);
        assertThat(decoders.get(0).sent).isEqualTo(8);
    }

    @Test
    void shouldGoOnFromThePictureBefore() throws VideoException {
        // Given
        play(0, 25);
        like(21);

        // When
        int number = like(23);

        // Then
        assertThat(number).isEqualTo(23);
        assertThat(decoders.get(0).sent).isEqualTo(4);
        assertThat(decoders.get(0).restarts).isEqualTo(1);
    }

    @Test
    void shouldBeginAnewForAnEarlierPicture() throws VideoException {
        // Given
        play(0, 25);
        like(23);

        // When
        int number = like(21);

        // Then
        assertThat(number).isEqualTo(21);
        assertThat(decoders.get(0).restarts).isEqualTo(2);
    }

    @Test
    void shouldWaitForWhatADecoderHoldsBack() throws VideoException {
        // Given
        delay = 3;
        play(0, 25);

        // Then: with packets behind it, and without
        assertThat(like(15)).isEqualTo(15);
        assertThat(like(24)).isEqualTo(24);
        assertThat(like(24)).isEqualTo(24);
    }

    @Test
    void shouldHaveNoPictureOfAnotherTime() throws VideoException {
        // Given
        play(0, 25);

        // Then
        assertThat(recent.like(wanted(40))).isEmpty();
        assertThat(decoders).isEmpty();
    }

    @Test
    void shouldKeepTwoSecondsAndWhatTheyNeed() {
        // When
        play(0, 95);

        // Then: from 70 on, and a byte each
        assertThat(recent.bytes()).isEqualTo(25);
    }

    @Test
    void shouldKeepNoMoreThanItMay() throws VideoException {
        // Given
        recent = recent(7 * 151);

        // When
        play(0, 25);

        // Then: the beginning of the newest group
        assertThat(recent.bytes()).isLessThanOrEqualTo(7);
        assertThat(like(22)).isEqualTo(22);
    }

    @Test
    void shouldCloseItsDecoderWhenNobodyAsksAnyMore() throws VideoException {
        // Given
        play(0, 25);
        like(22);
        assertThat(recent.decodes()).isTrue();

        // When
        play(25, 130);

        // Then
        assertThat(recent.decodes()).isFalse();
        assertThat(like(125)).isEqualTo(125);
        assertThat(decoders).hasSize(2);
    }

    @Test
    void shouldForgetEverythingWithANewFormat() throws VideoException {
        // Given
        play(0, 25);
        like(22);

        // When
        recent.format(FORMAT);

        // Then
        assertThat(recent.like(wanted(22))).isEmpty();
        assertThat(recent.bytes()).isZero();
    }

    @Test
    void shouldGiveNothingOnceClosed() throws VideoException {
        // Given
        play(0, 25);

        // When
        recent.close();
        play(25, 45);

        // Then
        assertThat(recent.like(wanted(42))).isEmpty();
        assertThat(recent.bytes()).isZero();
    }

    private void play(int from, int to) {
        if (from == 0) {
            recent.format(FORMAT);
        }
        for (int i = from; i < to; i++) {
            recent.packet(new EncodedPacket(new byte[] {(byte) i}, i, i, i % GROUP == 0, time(i)));
        }
    }

    private static Instant time(double number) {
        return START.plus(Duration.ofMillis(Math.round(number * 100)));
    }

    private static FrameInfo wanted(double number) {
        return new FrameInfo("gate", 5, time(number), 1, 1);
    }

    private int like(double number) throws VideoException {
        Optional<Frame> frame = recent.like(wanted(number));
        try (Frame picture = frame.orElseThrow()) {
            assertThat(picture.info().cameraId()).isEqualTo("gate");
            return picture.luma().get(0) & 0xff;
        }
    }

    /** Gives pictures some packets late, and all of them when it is drained. */
    private static final class CountingDecoder implements PacketDecoder {
        private final int delay;
        private final Deque<long[]> held = new ArrayDeque<>();
        private long[] shown = {};
        private boolean drained;
        private boolean closed;
        private int sent;
        private int restarts;

        private CountingDecoder(int delay) {
            this.delay = delay;
        }

        @Override
        public void send(EncodedPacket packet, long label) {
            assertThat(drained).isFalse();
            sent++;
            held.add(new long[] {label, packet.bytes()[0]});
        }

        @Override
        public void drain() {
            drained = true;
        }

        @Override
        public boolean next() {
            boolean has = held.size() > (drained ? 0 : delay);
            if (has) {
                shown = held.remove();
            }
            return has;
        }

        @Override
        public long label() {
            return shown[0];
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public int height() {
            return 2;
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            i420.put(0, (byte) shown[1]);
        }

        @Override
        public void restart() {
            restarts++;
            drained = false;
            held.clear();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
