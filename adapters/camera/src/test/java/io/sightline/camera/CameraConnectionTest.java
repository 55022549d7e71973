package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sightline.camera.CameraStatus.State;
import io.sightline.camera.streams.CameraStreams;
import io.sightline.engine.net.Tls;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.NewestFrame;
import io.sightline.engine.video.StreamInfo;
import io.sightline.engine.video.VideoException;
import io.sightline.engine.video.VideoException.Cause;
import io.sightline.engine.video.VideoSettings;
import io.sightline.engine.video.VideoSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One connection to a live camera, from its first picture to its loss. */
@Timeout(30)
class CameraConnectionTest {
    /** Of a millisecond or more each: by far enough to give up. */
    private static final int MOST_ASKED = 5000;

    private final List<CameraStatus> statuses = new ArrayList<>();
    private final CameraFigures figures = new CameraFigures();
    private final NewestFrame newest = new NewestFrame();
    private final ScriptedCamera camera = new ScriptedCamera();
    private VideoSettings.Decode decode = VideoSettings.Decode.EVERYTHING;

    @Test
    void shouldFollowPicturesThatChangeTheirSizeWithoutConnectingAgain() throws Exception {
        // Given
        camera.show(64, 48);
        camera.show(128, 96);
        List<String> sizes = new ArrayList<>();

        // When
        Cause end = lossAfter(
                CameraRequirements.NONE, () -> newest.take(Duration.ZERO).ifPresent(frame -> sizes.add(size(frame))));

        // Then
        assertThat(sizes).containsExactly("64x48", "128x96");
        assertThat(statuses).containsExactly(CameraStatus.online());
        assertThat(figures.capabilities().orElseThrow().width()).isEqualTo(128);
        assertThat(figures.framesLeased()).isZero();
        assertThat(end).isEqualTo(Cause.SILENT);
    }

    @Test
    void shouldNoticeSilenceOnceItsLimitIsOver() {
        // Given
        camera.show(64, 48);
        long before = System.nanoTime();

        // When
        var silent = loss(CameraRequirements.NONE);

        // Then
        assertThat(silent.reason()).isEqualTo(Cause.SILENT);
        assertThat(silent).hasMessage("camera gate: no picture from rtsp://192.0.2.10/cam for 100 ms");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000);
    }

    @Test
    void shouldWaitForAKeyFrameWhilePacketsArrive() {
        // Given
        camera.show(64, 48);
        camera.sendsPackets = true;

        // When
        var given = loss(CameraRequirements.NONE);

        // Then
        assertThat(given.reason()).isEqualTo(Cause.NO_KEY_FRAME);
        assertThat(statuses).extracting(CameraStatus::state).containsExactly(State.ONLINE, State.OFFLINE);
        assertThat(statuses.get(1).code()).isEqualTo("NO_KEY_FRAME");
        assertThat(statuses.get(1).reason()).contains("sends packets, but no key frame", "waits for one");
    }

    @Test
    void shouldNotWaitForeverForAKeyPictureWhereNothingElseIsDecoded() {
        // Given
        camera.show(64, 48);
        camera.sendsPackets = true;
        decode = new VideoSettings.Decode(VideoSettings.Frames.KEY, 0, 1, 1, VideoSettings.Hardware.NONE);

        // When
        var given = catchThrowableOfType(
                VideoException.class, () -> connection(CameraRequirements.NONE).read(() -> camera.asked > MOST_ASKED));

        // Then: no state of its own before, for key pictures may lie far apart
        assertThat(given.reason()).isEqualTo(Cause.NO_KEY_FRAME);
        assertThat(statuses).extracting(CameraStatus::state).containsExactly(State.ONLINE);
    }

    @Test
    void shouldWaitForKeyPicturesThatUsuallyLieFarApart() throws Exception {
        // Given: two pictures, longer apart than a new try would take
        camera.show(64, 48);
        camera.show(64, 48);
        camera.sendsPackets = true;
        camera.taking = () -> Thread.sleep(camera.next == 1 ? 400 : 0);
        decode = new VideoSettings.Decode(VideoSettings.Frames.KEY, 0, 1, 1, VideoSettings.Hardware.NONE);

        // When: 500 ms and more without a picture
        long begun = System.nanoTime();
        connection(CameraRequirements.NONE).read(() -> System.nanoTime() - begun > 900_000_000L);

        // Then
        assertThat(statuses).extracting(CameraStatus::state).containsExactly(State.ONLINE);
    }

    @Test
    void shouldTellWhatIsRequiredAndNotDelivered() {
        camera.show(64, 48);

        loss(new CameraRequirements(640, 0, 0, Set.of(), false));

        assertThat(statuses.get(0).state()).isEqualTo(State.DEGRADED);
        assertThat(statuses.get(0).code()).isEqualTo("REQUIREMENT");
        assertThat(statuses.get(0).reason()).contains("size: a width of at least 640 is required, got 64x48");
    }

    @Test
    void shouldCountAndTimeWhatArrivesAndNotWhatIsDecodedOfIt() throws Exception {
        // Given: a picture of five is decoded, of one each second; the stream announces fewer than required
        camera.announced = 0.1;
        camera.packetsEach = 5;
        camera.nanosEach = 5_000_000_000L;
        for (int i = 0; i < 20; i++) {
            camera.show(64, 48);
        }
        var silence = new SilenceLimit(Optional.empty());

        // When
        connection(new CameraRequirements(0, 0, 0.8, Set.of(), false), silence).read(() -> camera.next == 20);

        // Then
        assertThat(statuses).extracting(CameraStatus::state).containsExactly(State.DEGRADED, State.ONLINE);
        assertThat(figures.arrivalsPerSecond()).isEqualTo(1);
        assertThat(figures.framesDecoded()).isEqualTo(20);
        assertThat(silence.now()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldLookAtEachPictureThatWasBroughtAlsoWhenAllSlotsAreInUse() throws Exception {
        // Given
        for (int i = 0; i < PictureSlots.COUNT + 2; i++) {
            camera.show(64, 48);
        }
        var stopping = new AtomicBoolean();
        var failure = new AtomicReference<Exception>();
        var reader = new Thread(() -> {
            try {
                connection("folder:/srv/in", CameraRequirements.NONE).read(stopping::get);
            } catch (VideoException e) {
                failure.set(e);
            }
        });
        reader.start();
        List<Frame> held = new ArrayList<>();
        for (int i = 0; i < PictureSlots.COUNT; i++) {
            held.add(newest.take(Duration.ofSeconds(10)).orElseThrow());
        }
        Optional<Frame> none = newest.take(Duration.ofMillis(200));

        // When
        held.get(0).close();
        Frame next = newest.take(Duration.ofSeconds(10)).orElseThrow();

        // Then
        assertThat(none).isEmpty();
        assertThat(next.pixels().get(0)).isEqualTo((byte) PictureSlots.COUNT);
        assertThat(figures.exhausted.sum()).isZero();
        stopping.set(true);
        reader.interrupt();
        newest.close();
        reader.join();
        assertThat(failure.get()).isNull();
        next.close();
        held.subList(1, held.size()).forEach(Frame::close);
        assertThat(figures.framesLeased()).isZero();
    }

    private VideoException loss(CameraRequirements required) {
        return catchThrowableOfType(
                VideoException.class, () -> connection(required).read(() -> false));
    }

    private Cause lossAfter(CameraRequirements required, Taking taking) throws Exception {
        camera.taking = taking;
        return loss(required).reason();
    }

    private CameraConnection connection(CameraRequirements required) {
        return connection("rtsp://192.0.2.10/cam", required);
    }

    private CameraConnection connection(String address, CameraRequirements required) {
        return connection(address, required, new SilenceLimit(Optional.of(Duration.ofMillis(100))));
    }

    private CameraConnection connection(CameraRequirements required, SilenceLimit silence) {
        return connection("rtsp://192.0.2.10/cam", required, silence);
    }

    private CameraConnection connection(String address, CameraRequirements required, SilenceLimit silence) {
        var settings = new CameraSourceSettings(
                "gate",
                address,
                Optional.empty(),
                Optional.empty(),
                VideoSettings.Transport.TCP,
                new CameraExpectations(
                        Duration.ofMillis(300), Optional.of(Duration.ofMillis(100)), Duration.ofSeconds(60), required),
                100,
                false,
                false,
                Tls.STANDARD,
                new CameraStreams(Optional.empty(), Optional.empty(), decode));
        return new CameraConnection(
                settings,
                camera,
                new CameraConnection.Parts(
                        new PictureSlots("gate", PictureSlots::newPool, figures),
                        newest,
                        figures,
                        new StatusReport("gate", List.of((CameraListener) (id, status) -> statuses.add(status))),
                        new ReconnectPauses(() -> 0),
                        silence,
                        new FrozenPicture(Duration.ofSeconds(60)),
                        Optional::empty));
    }

    private static String size(Frame frame) {
        try (frame) {
            return frame.width() + "x" + frame.height();
        }
    }

    @FunctionalInterface
    private interface Taking {
        void take() throws InterruptedException;
    }

    /** Shows what it was told, and nothing more. */
    private static final class ScriptedCamera implements VideoSource {
        private final List<Shown> script = new ArrayList<>();
        private Taking taking = () -> {};
        private Shown current = new Shown(0, 0, 0);
        private int next;
        private int asked;
        private boolean sendsPackets;
        private double announced = 25;
        private long packetsEach;
        private long nanosEach;
        private final long begun = System.nanoTime();

        void show(int width, int height) {
            script.add(new Shown(script.size(), width, height));
        }

        @Override
        public StreamInfo stream() {
            return new StreamInfo("h264", current.width(), current.height(), announced, 0);
        }

        @Override
        public Optional<Picture> next(Duration patience) {
            try {
                if (next > 0) {
                    taking.take();
                }
                if (next < script.size()) {
                    current = script.get(next++);
                    return Optional.of(current);
                }
                asked++;
                Thread.sleep(patience.toMillis());
                return Optional.empty();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long packets() {
            return packetsEach * next;
        }

        @Override
        public OptionalLong lastPacketNanos() {
            if (packetsEach > 0) {
                return OptionalLong.of(begun + nanosEach * next);
            }
            return sendsPackets ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
        }

        @Override
        public void close() {}
    }

    private record Shown(int number, int width, int height) implements VideoSource.Picture {
        @Override
        public Instant capturedAt() {
            return Instant.EPOCH.plus(mediaTime());
        }

        @Override
        public Duration mediaTime() {
            return Duration.ofSeconds(number);
        }

        @Override
        public void copyTo(ByteBuffer i420) {
            i420.put(0, (byte) number);
        }
    }
}
