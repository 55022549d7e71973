package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.CameraStatus.State;
import io.sightline.camera.streams.CameraStreams;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.net.Tls;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.NewestFrame;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One reader, from connection to connection. */
@Timeout(60)
class CameraReaderTest {
    private static final CameraRequirements WITH_SOUND = new CameraRequirements(0, 0, 0, Set.of(), true);

    private final List<CameraStatus> statuses = new CopyOnWriteArrayList<>();
    private final CameraFigures figures = new CameraFigures();
    private final NewestFrame newest = new NewestFrame();
    private final SharedLogin login = new SharedLogin();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private CameraReader.SoundQuestion sound = video -> Optional.empty();
    private ServerSocket camera;
    private CameraReader reader;
    private Thread thread;

    @BeforeEach
    void listen() throws IOException {
        camera = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        reader.stop();
        thread.interrupt();
        thread.join();
        newest.close();
        camera.close();
    }

    @Test
    void shouldAskForTheSoundWithEachConnectionWhereItIsRequired() {
        // Given: the second connection has none, the third has it again
        sound = video -> asked.incrementAndGet() == 2 ? Optional.empty() : Optional.of("aac");

        // When
        start(WITH_SOUND);

        // Then
        await().until(() -> asked.get() > 3);
        assertThat(statuses.stream()
                        .filter(status -> status.state() != State.OFFLINE)
                        .limit(3)
                        .map(CameraStatus::state))
                .containsExactly(State.ONLINE, State.DEGRADED, State.ONLINE);
        assertThat(statuses).extracting(CameraStatus::code).contains("REQUIREMENT");
    }

    @Test
    void shouldAskAgainForTheSoundWhereTheQuestionFailed() {
        // Given
        sound = video -> {
            if (asked.incrementAndGet() == 1) {
                throw new VideoException(Cause.SILENT, "camera gate: no answer");
            }
            return Optional.of("aac");
        };

        // When
        start(WITH_SOUND);

        // Then
        await().until(() -> figures.capabilities().isPresent());
        assertThat(figures.sound()).contains("aac");
    }

    @Test
    void shouldNotAskForTheSoundWhereNobodyRequiresIt() {
        // Given: what another reader has found out
        figures.offersSound("aac");
        sound = video -> Optional.of("pcm" + asked.incrementAndGet());

        // When
        start(CameraRequirements.NONE);

        // Then
        await().until(() -> opened.get() > 1);
        assertThat(asked).hasValue(0);
        assertThat(figures.sound()).isEmpty();
    }

    @Test
    void shouldNotTryALoginThatWasRefusedForAnotherStream() {
        // Given
        login.refused(Duration.ofMinutes(1));

        // When
        start(CameraRequirements.NONE);

        // Then
        await().until(() -> !statuses.isEmpty());
        assertThat(statuses.get(0).code()).isEqualTo("UNAUTHORIZED");
        assertThat(statuses.get(0).reason()).contains("for another of its streams, next try in");
        assertThat(opened).hasValue(0);
        assertThat(figures.connections.sum()).isZero();
    }

    @Test
    void shouldBeDegradedWhilePicturesComeAndTheOtherStreamDoesNot() {
        // Given
        var warning = new VideoSource.Warning("SECOND_STREAM", "its other stream does not come");

        // When
        reader = reader(
                CameraSourceSettings.of("gate", "demo:crossing"),
                (video, clock, connected) -> new Pictures(Integer.MAX_VALUE),
                () -> figures.framesDecoded() > 3 ? Optional.empty() : Optional.of(warning));
        start();

        // Then
        await().until(() -> statuses.size() > 1);
        assertThat(statuses).extracting(CameraStatus::state).startsWith(State.DEGRADED, State.ONLINE);
        assertThat(statuses.get(0).code()).isEqualTo("SECOND_STREAM");
        assertThat(statuses.get(0).reason()).isEqualTo("camera gate: its other stream does not come");
    }

    private void start(CameraRequirements required) {
        var usual = CameraExpectations.USUAL;
        var settings = new CameraSourceSettings(
                "gate",
                "rtsp://127.0.0.1:" + camera.getLocalPort() + "/cam",
                Optional.empty(),
                Optional.empty(),
                VideoSettings.Transport.TCP,
                new CameraExpectations(usual.connectLimit(), usual.silenceLimit(), usual.frozenLimit(), required),
                100,
                false,
                false,
                Tls.STANDARD,
                CameraStreams.ONE);
        reader = reader(
                settings,
                (video, clock, connected) -> {
                    opened.incrementAndGet();
                    return new Pictures(3);
                },
                Optional::empty);
        start();
    }

    private void start() {
        thread = new Thread(reader);
        thread.start();
    }

    private CameraReader reader(
            CameraSourceSettings settings, CameraReader.Opener opener, Supplier<Optional<VideoSource.Warning>> second) {
        return new CameraReader(
                settings,
                new CameraReader.Parts(
                        new CameraReader.Site(
                                opener,
                                Clock.systemUTC(),
                                new HandshakeTurns(),
                                AddressGuard.open(),
                                video -> sound.ask(video)),
                        PictureSlots::newPool,
                        newest,
                        figures,
                        new StatusReport("gate", List.of((CameraListener) (id, one) -> statuses.add(one))),
                        new ReconnectPauses(() -> 0, login),
                        second));
    }

    /** Shows so many pictures; then the connection is lost. */
    private static final class Pictures implements VideoSource {
        private final int count;
        private int number;

        private Pictures(int count) {
            this.count = count;
        }

        @Override
        public StreamInfo stream() {
            return new StreamInfo("drawn", 2, 2, 25, 0);
        }

        @Override
        public Optional<Picture> next(Duration patience) throws VideoException {
            if (number >= count) {
                throw new VideoException(Cause.LOST, "camera gate: the connection was lost");
            }
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
