package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.NewestFrame;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacketReaderTest {
    private static final StreamFormat FORMAT =
            new StreamFormat("h264", 27, 1280, 720, new byte[0], new StreamFormat.Tick(1, 90_000));
    private static final VideoSettings VIDEO = VideoSettings.of("camera gate", "rtsp://192.0.2.10/main");

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicInteger opened = new AtomicInteger();
    private final HandshakeTurns turns = new HandshakeTurns(1, Duration.ofMinutes(1));
    private final Counting first = new Counting();
    private final Counting second = new Counting();
    private PacketReader reader;
    private Thread thread;

    @AfterEach
    void stop() throws InterruptedException {
        if (thread != null) {
            reader.stop();
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void shouldHandPacketsToAllTapsAlsoWhereOneFails() {
        // Given
        PacketTap failing = new PacketTap() {
            @Override
            public void format(StreamFormat format) {}

            @Override
            public void packet(EncodedPacket packet) {
                throw new IllegalStateException("full");
            }
        };

        // When
        start(List.of(first, failing, second), (video, clock) -> new Endless());

        // Then
        await().until(() -> first.packets.get() > 3 && second.packets.get() > 3);
        assertThat(first.formats).containsExactly(FORMAT);
        assertThat(reader.trouble()).isEmpty();
    }

    @Test
    void shouldNotConnectBeforeTheCamerasOwnPicturesCome() {
        // Given
        ready.set(false);
        var asked = new AtomicInteger();

        // When
        reader = new PacketReader(
                VIDEO,
                new SilenceLimit(Optional.empty()),
                List.of(first),
                new PacketReader.Parts(this::endless, Clock.systemUTC(), turns, new ReconnectPauses(() -> 0), () -> {
                    asked.incrementAndGet();
                    return ready.get();
                }));
        thread = new Thread(reader);
        thread.start();
        await().until(() -> asked.get() > 2);

        // Then
        assertThat(opened).hasValue(0);
        ready.set(true);
        await().until(() -> first.packets.get() > 0);
    }

    @Test
    void shouldConnectAnewWhenNothingComesForTheSilenceLimit() {
        // Given: a stream that falls silent after its first packet
        start(List.of(first), (video, clock) -> {
            opened.incrementAndGet();
            return new OnePacket();
        });

        // Then
        await().until(() -> first.packets.get() > 2);
        assertThat(opened.get()).isGreaterThan(2);
        await().until(() -> reader.trouble().isPresent());
        assertThat(reader.trouble().orElseThrow().sentence())
                .isEqualTo("its other stream does not come: nothing from rtsp://192.0.2.10/main for 100 ms");
    }

    @Test
    void shouldWaitForItsTurnToConnect() throws Exception {
        // Given
        var other = turns.queue();
        other.await();
        start(List.of(first), this::endless);
        await().until(() ->
                thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);

        // Then
        assertThat(opened).hasValue(0);
        other.close();
        await().until(() -> first.packets.get() > 0);
    }

    @Test
    void shouldTellItsTroubleAndConnectAgain() {
        // Given: all quick tries fail, and one more
        start(List.of(first), (video, clock) -> {
            if (opened.incrementAndGet() <= 4) {
                throw new VideoException(Cause.UNREACHABLE, "camera gate: cannot be reached");
            }
            return new Endless();
        });

        // Then
        await().until(() -> reader.trouble().isPresent());
        assertThat(reader.trouble().orElseThrow().code()).isEqualTo("SECOND_STREAM");
        assertThat(reader.trouble().orElseThrow().sentence())
                .isEqualTo("its other stream does not come: cannot be reached");
        await().until(() -> first.packets.get() > 0);
        assertThat(reader.trouble()).isEmpty();
        assertThat(first.formats).containsExactly(FORMAT);
    }

    @Test
    void shouldBeDegradedWhilePicturesComeAndTheOtherStreamDoesNot() throws Exception {
        // Given
        var statuses = new CopyOnWriteArrayList<CameraStatus>();
        var warning = new VideoSource.Warning("SECOND_STREAM", "its other stream does not come");
        var status = new StatusReport("gate", List.of((CameraListener) (id, one) -> statuses.add(one)));
        var figures = new CameraFigures();
        var newest = new NewestFrame();
        var cameraReader = new CameraReader(
                CameraSourceSettings.of("gate", "demo:crossing"),
                new CameraReader.Parts(
                        new CameraReader.Site(
                                (video, clock, connected) -> new Pictures(),
                                Clock.systemUTC(),
                                turns,
                                AddressGuard.open(),
                                new SoundQuestions(question -> {}, AddressGuard.open())),
                        PictureSlots::newPool,
                        newest,
                        figures,
                        status,
                        new ReconnectPauses(() -> 0),
                        () -> figures.framesDecoded() > 3 ? Optional.empty() : Optional.of(warning)));

        // When
        thread = new Thread(cameraReader);
        thread.start();
        await().until(() -> statuses.size() > 1);
        cameraReader.stop();
        thread.join();
        newest.close();
        thread = null;

        // Then
        assertThat(statuses).extracting(CameraStatus::state).startsWith(State.DEGRADED, State.ONLINE);
        assertThat(statuses.get(0).code()).isEqualTo("SECOND_STREAM");
        assertThat(statuses.get(0).reason()).isEqualTo("camera gate: its other stream does not come");
    }

    private PacketSource endless(VideoSettings video, Clock clock) {
        opened.incrementAndGet();
        return new Endless();
    }

    private void start(List<PacketTap> taps, PacketReader.Opener opener) {
        reader = new PacketReader(
                VIDEO,
                new SilenceLimit(Optional.of(Duration.ofMillis(100))),
                taps,
                new PacketReader.Parts(opener, Clock.systemUTC(), turns, new ReconnectPauses(() -> 0), ready::get));
        thread = new Thread(reader);
        thread.start();
    }

    private static final class Counting implements PacketTap {
        private final List<StreamFormat> formats = new CopyOnWriteArrayList<>();
        private final AtomicInteger packets = new AtomicInteger();

        @Override
        public void format(StreamFormat format) {
            formats.add(format);
        }

        @Override
        public void packet(EncodedPacket packet) {
            packets.incrementAndGet();
        }
    }

    private static final class Endless implements PacketSource {
        @Override
        public StreamFormat format() {
            return FORMAT;
        }

        @Override
        public boolean next(Duration patience, PacketTap tap) {
            tap.packet(new EncodedPacket(new byte[1], 0, 0, true, Instant.EPOCH));
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class OnePacket implements PacketSource {
        private boolean gone;

        @Override
        public StreamFormat format() {
            return FORMAT;
        }

        @Override
        public boolean next(Duration patience, PacketTap tap) {
            assertThat(patience).isEqualTo(Duration.ofMillis(100));
            boolean first = !gone;
            if (first) {
                tap.packet(new EncodedPacket(new byte[1], 0, 0, true, Instant.EPOCH));
            }
            gone = true;
            return first;
        }

        @Override
        public void close() {}
    }

    private static final class Pictures implements VideoSource {
        private int number;

        @Override
        public StreamInfo stream() {
            return new StreamInfo("drawn", 2, 2, 25, 0);
        }

        @Override
        public Optional<Picture> next(Duration patience) {
            number++;
            return Optional.of(new Picture() {
                @Override
                public Instant capturedAt() {
                    return Instant.EPOCH.plusMillis(40L * number);
                }

                @Override
                public Duration mediaTime() {
                    return Duration.ofMillis(40L * number);
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
                    i420.put(0, new byte[FrameInfo.bytes(2, 2)]);
                }
            });
        }

        @Override
        public void close() {}
    }
}
