package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketSource;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacketReaderTest {
    private static final StreamFormat FORMAT =
            new StreamFormat("h264", 27, 1280, 720, new byte[0], new StreamFormat.Tick(1, 90_000));

    private final StatusReport own = new StatusReport("gate", List.of());
    private final SharedLogin login = new SharedLogin();
    private final ReconnectPauses pauses = new ReconnectPauses(() -> 0, login);
    private final AtomicInteger opened = new AtomicInteger();
    private final HandshakeTurns turns = new HandshakeTurns(1, Duration.ofMinutes(1));
    private final Counting first = new Counting();
    private final Counting second = new Counting();
    private ServerSocket camera;
    private PacketReader reader;
    private Thread thread;

    @BeforeEach
    void listen() throws IOException {
        camera = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        own.report(CameraStatus.online());
    }

    @AfterEach
    void stop() throws Exception {
        camera.close();
        if (thread != null) {
            reader.stop();
            thread.interrupt();
            thread.join();
        }
    }

    private String address() {
        return "rtsp://127.0.0.1:" + camera.getLocalPort() + "/main";
    }

    private void own(State state) {
        own.report(new CameraStatus(state, state == State.ONLINE ? null : "LOST", null));
    }

    private void longPauses() {
        for (int tries = 0; tries < 20; tries++) {
            pauses.next(Cause.SILENT);
        }
    }

    private static boolean waits(Thread one) {
        return one.getState() == Thread.State.WAITING || one.getState() == Thread.State.TIMED_WAITING;
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
        start(List.of(first, failing, second), (video, clock, connected) -> new Endless());

        // Then
        await().until(() -> first.packets.get() > 3 && second.packets.get() > 3);
        assertThat(first.formats).containsExactly(FORMAT);
        assertThat(reader.trouble()).isEmpty();
    }

    @Test
    void shouldNotConnectBeforeTheCamerasOwnPicturesCome() {
        // Given
        own(State.OFFLINE);

        // When
        start(List.of(first), this::endless);
        await().until(() -> waits(thread));

        // Then
        assertThat(opened).hasValue(0);
        own(State.ONLINE);
        await().until(() -> first.packets.get() > 0);
    }

    @Test
    void shouldWaitForNoTurnWhereNobodyListens() throws Exception {
        // Given
        camera.close();
        longPauses();

        // When
        start(List.of(first), this::endless);

        // Then
        await().until(() -> reader.trouble().isPresent());
        assertThat(reader.trouble().orElseThrow().sentence()).endsWith("cannot be reached (connection refused)");
        assertThat(opened).hasValue(0);
        assertThat(turns.queue().ahead()).isZero();
    }

    @Test
    void shouldGiveItsTurnBackOnceConnected() {
        // Given
        var ahead = new AtomicInteger(-1);

        // When
        start(List.of(first), (video, clock, connected) -> {
            connected.run();
            try (var next = turns.queue()) {
                ahead.set(next.ahead());
            }
            return new Endless();
        });

        // Then
        await().until(() -> first.packets.get() > 0);
        assertThat(ahead).hasValue(0);
    }

    @Test
    void shouldConnectAtOnceWhenTheCamerasOwnPicturesComeAgain() {
        // Given: the next try would be in half a minute
        longPauses();
        start(List.of(first), (video, clock, connected) -> {
            if (opened.incrementAndGet() == 1) {
                throw new VideoException(Cause.SILENT, "camera gate: no answer");
            }
            return new Endless();
        });
        await().until(() -> reader.trouble().isPresent());

        // When
        own(State.OFFLINE);
        own(State.ONLINE);

        // Then
        await().until(() -> first.packets.get() > 0);
    }

    @Test
    void shouldConnectAtOnceWhenSomebodyListensAgain() throws Exception {
        // Given: the next try would be in half a minute
        int port = camera.getLocalPort();
        longPauses();
        camera.close();
        start(List.of(first), this::endless);
        await().until(() -> reader.trouble().isPresent());

        // When
        camera = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());

        // Then
        await().until(() -> first.packets.get() > 0);
    }

    @Test
    void shouldNotTryALoginThatWasRefusedForAnotherReader() {
        login.refused(Duration.ofMinutes(1));

        start(List.of(first), this::endless);
        await().until(() -> waits(thread));

        assertThat(opened).hasValue(0);
    }

    @Test
    void shouldTryALoginOnceForAllReadersThatWantTo() throws Exception {
        // Given: two at the same time
        var refusing = new CountDownLatch(1);
        PacketReader.Opener opener = (video, clock, connected) -> {
            opened.incrementAndGet();
            try {
                refusing.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new VideoException(Cause.UNAUTHORIZED, "camera gate: the login is refused");
        };
        start(List.of(first), opener);
        await().until(() -> opened.get() == 1);
        PacketReader other = reader;
        Thread otherThread = thread;
        start(List.of(second), opener);
        await().until(() -> login.trying().hasQueuedThread(thread));

        // When
        refusing.countDown();

        // Then
        await().until(() -> reader.trouble().isPresent());
        assertThat(reader.trouble().orElseThrow().sentence()).endsWith("the login was refused a moment ago");
        assertThat(opened).hasValue(1);
        other.stop();
        otherThread.join();
    }

    @Test
    void shouldConnectAnewWhenNothingComesForTheSilenceLimit() {
        // Given: a stream that falls silent after its first packet
        start(List.of(first), (video, clock, connected) -> {
            opened.incrementAndGet();
            return new OnePacket();
        });

        // Then
        await().until(() -> first.packets.get() > 2);
        assertThat(opened.get()).isGreaterThan(2);
        await().until(() -> reader.trouble().isPresent());
        assertThat(reader.trouble().orElseThrow().sentence())
                .isEqualTo("its other stream does not come: nothing from " + address() + " for 100 ms");
    }

    @Test
    void shouldWaitForItsTurnToConnect() throws Exception {
        // Given
        var other = turns.queue();
        other.await();
        start(List.of(first), this::endless);
        await().until(login.trying()::isLocked);

        // Then
        assertThat(opened).hasValue(0);
        other.close();
        await().until(() -> first.packets.get() > 0);
    }

    @Test
    void shouldTellItsTroubleAndConnectAgain() {
        // Given: all quick tries fail, and one more
        start(List.of(first), (video, clock, connected) -> {
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

    private PacketSource endless(VideoSettings video, Clock clock, Runnable connected) {
        opened.incrementAndGet();
        return new Endless();
    }

    private void start(List<PacketTap> taps, PacketReader.Opener opener) {
        reader = new PacketReader(
                VideoSettings.of("camera gate", address()),
                new SilenceLimit(Optional.of(Duration.ofMillis(100))),
                taps,
                new PacketReader.Parts(opener, Clock.systemUTC(), turns, pauses, own, AddressGuard.open()));
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
}
