package io.sightline.processors.clips;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.packet.EncodedPacket;
import io.sightline.engine.packet.PacketTap;
import io.sightline.engine.packet.StreamFormat;
import io.sightline.processors.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipRecorderTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int SIZE = 4000;
    private static final int PER_SECOND = 10;
    /** An AVC configuration with one set of each kind. */
    private static final byte[] AVC = {
        1, 0x42, 0, 0x1e, -1, -31, 0, 8, 0x67, 0x42, 0, 0x1e, -107, -88, 0x28, 0x0f, 1, 0, 4, 0x68, -50, 0x3c, -128
    };

    private static final StreamFormat FORMAT =
            new StreamFormat("h264", 27, 640, 480, AVC, StreamFormat.Tick.NANOSECOND);

    private static final ClipSettings CLIPS =
            new ClipSettings(true, Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(30), 16 << 20);

    @TempDir
    Path root;

    private final KeptVideos videos = new KeptVideos(covered -> {});
    private final List<Runnable> work = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> referred = new ArrayList<>();
    private boolean diskFull;
    private Instant now = NOON;
    private ClipRecorder recorder;
    private PacketTap tap;
    private int sent;

    @BeforeEach
    void begin() {
        use(false, CLIPS);
        tap = videos.tap("gate").orElseThrow();
        tap.format(FORMAT);
        recorder = new ClipRecorder(
                videos,
                new Folder(),
                new ClipRecorder.Surroundings(new Ids(Clock.systemUTC()), clock(), listener(), worker()));
    }

    private void use(boolean covered, ClipSettings clips) {
        videos.use("gate", new KeptVideo.Use(clips, covered, true));
    }

    /** Ten pictures a second, with a key frame each second. */
    private void pass(int seconds) {
        for (int end = sent + seconds * PER_SECOND; sent < end; sent++) {
            EncodedPacket picture = picture(sent);
            now = picture.capturedAt();
            tap.packet(picture);
            if (sent % PER_SECOND == 0) {
                turn();
            }
        }
        turn();
    }

    private static EncodedPacket picture(int number) {
        long time = number * 100_000_000L;
        var bytes = new byte[SIZE];
        bytes[3] = 1;
        return new EncodedPacket(bytes, time, time, number % PER_SECOND == 0, NOON.plusNanos(time));
    }

    private void turn() {
        List<Runnable> due = List.copyOf(work);
        work.clear();
        due.forEach(Runnable::run);
    }

    private static Instant at(double seconds) {
        return NOON.plusMillis(Math.round(seconds * 1000));
    }

    /** Pictures in each clip, oldest clip first. */
    private List<Long> clips() throws IOException {
        try (var files = Files.list(root)) {
            return files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted()
                    .map(file -> file.toFile().length() / SIZE)
                    .toList();
        }
    }

    private long halves() throws IOException {
        try (var files = Files.list(root)) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }

    @Test
    void shouldShowTheTimeBeforeAndAfter() throws IOException {
        // Given
        pass(20);
        // When
        ClipRef first = recorder.begin("gate", "d1", at(19.4)).orElseThrow();
        pass(2);
        ClipRef last = recorder.end("d1", at(21.5)).orElseThrow();
        pass(10);
        // Then: from the key frame at 14 s until 24.5 s
        assertThat(first.startsAt()).isEqualTo(at(14));
        assertThat(first.length()).isEmpty();
        assertThat(last.href()).isEqualTo(first.href());
        assertThat(last.length()).contains(Duration.ofMillis(10_500));
        assertThat(clips()).containsExactly(106L);
        assertThat(told).containsExactly("gate written");
        assertThat(recorder.running()).isZero();
        assertThat(recorder.packetsLost()).isZero();
    }

    @Test
    void shouldShowDetectionsThatOverlapInOneClip() throws IOException {
        pass(20);
        ClipRef one = recorder.begin("gate", "d1", at(19)).orElseThrow();
        pass(1);
        recorder.end("d1", at(20));
        pass(2);
        ClipRef two = recorder.begin("gate", "d2", at(22.5)).orElseThrow();
        pass(2);
        ClipRef end = recorder.end("d2", at(24)).orElseThrow();
        pass(10);

        assertThat(two.href()).isEqualTo(one.href());
        assertThat(end.length()).contains(Duration.ofSeconds(13));
        assertThat(clips()).containsExactly(131L);
    }

    @Test
    void shouldBeginAnotherClipWhenTheFirstIsOver() throws IOException {
        pass(20);
        ClipRef one = recorder.begin("gate", "d1", at(19)).orElseThrow();
        recorder.end("d1", at(20));
        pass(10);
        ClipRef two = recorder.begin("gate", "d2", at(29)).orElseThrow();
        recorder.end("d2", at(29));
        pass(10);

        assertThat(two.href()).isNotEqualTo(one.href());
        assertThat(two.startsAt()).isEqualTo(at(24));
        assertThat(clips()).hasSize(2);
    }

    @Test
    void shouldEndAClipThatIsAsLongAsItMayBe() throws IOException {
        // Given
        pass(20);
        ClipRef stays = recorder.begin("gate", "d1", at(18)).orElseThrow();
        // When
        pass(40);
        ClipRef comes = recorder.begin("gate", "d2", at(59)).orElseThrow();
        recorder.end("d2", at(60));
        ClipRef ended = recorder.end("d1", at(60)).orElseThrow();
        pass(10);
        // Then
        assertThat(ended.href()).isEqualTo(stays.href()).isNotEqualTo(comes.href());
        assertThat(ended.length()).contains(Duration.ofSeconds(30));
        assertThat(comes.startsAt()).isEqualTo(at(54));
        assertThat(clips()).contains(301L).hasSize(2);
    }

    @Test
    void shouldSayThatAnEventRefersToAClipThatIsCompleteWhileItsDetectionGoesOn() throws IOException {
        // Given: a clip that is as long as it may be, of somebody who stays
        pass(20);
        ClipRef clip = recorder.begin("gate", "d1", at(18)).orElseThrow();
        pass(40);
        assertThat(clips()).hasSize(1);
        assertThat(referred).isEmpty();
        // When
        ClipRef told = recorder.refer("d1").orElseThrow();
        turn();
        // Then
        assertThat(told.href()).isEqualTo(clip.href());
        assertThat(told.length()).contains(Duration.ofSeconds(30));
        assertThat(referred).containsExactly(clip.href());
        assertThat(recorder.refer("unknown")).isEmpty();
    }

    @Test
    void shouldTellThatAClipIsOpenUntilItHasItsTimeOfTheLastEvent() {
        // Given: a clip that is complete, of somebody who stays
        pass(20);
        recorder.begin("gate", "d1", at(18));
        pass(40);
        assertThat(recorder.isBeingWritten(Folder.last)).isFalse();
        assertThat(recorder.isOpen(Folder.last)).isTrue();
        // When
        recorder.end("d1", at(60));
        // Then
        assertThat(recorder.isOpen(Folder.last)).isTrue();
        turn();
        assertThat(referred).hasSize(1);
        assertThat(recorder.isOpen(Folder.last)).isFalse();
    }

    @Test
    void shouldShowWhatComesAfterANewConnectionInAnotherClip() throws IOException {
        // Given: the connection was lost, and the writer has not noticed yet
        pass(20);
        ClipRef before = recorder.begin("gate", "d1", at(19)).orElseThrow();
        pass(2);
        tap.format(FORMAT);
        tap.packet(picture(sent));
        // When
        ClipRef seenBefore = recorder.begin("gate", "d2", at(21.5)).orElseThrow();
        ClipRef seenAfter = recorder.begin("gate", "d3", at(22)).orElseThrow();
        // Then
        assertThat(seenBefore.href()).isEqualTo(before.href());
        assertThat(seenAfter.href()).isNotEqualTo(before.href());
        assertThat(seenAfter.startsAt()).isEqualTo(at(22));
    }

    @Test
    void shouldTellWhileAClipIsBeingWritten() {
        pass(20);
        recorder.begin("gate", "d1", at(19));
        pass(1);

        assertThat(recorder.running()).isEqualTo(1);
        assertThat(recorder.isBeingWritten(Folder.last)).isTrue();
        recorder.end("d1", at(20));
        pass(10);
        assertThat(recorder.isBeingWritten(Folder.last)).isFalse();
    }

    @Test
    void shouldWriteNothingOfACameraWithoutClipsOrWithPrivacy() throws IOException {
        use(false, new ClipSettings(false, CLIPS.before(), CLIPS.after(), CLIPS.longest(), CLIPS.memory()));
        pass(10);
        assertThat(recorder.begin("gate", "d1", at(9))).isEmpty();

        use(true, CLIPS);
        pass(10);
        assertThat(recorder.begin("gate", "d2", at(19))).isEmpty();

        assertThat(recorder.begin("nowhere", "d3", at(19))).isEmpty();
        assertThat(recorder.end("d1", at(20))).isEmpty();
        assertThat(clips()).isEmpty();
    }

    @Test
    void shouldGiveUpAClipWhenItsCameraGetsPrivacy() throws IOException {
        pass(20);
        recorder.begin("gate", "d1", at(19));
        pass(1);
        assertThat(halves()).isEqualTo(1);

        use(true, CLIPS);
        pass(2);

        assertThat(clips()).isEmpty();
        assertThat(halves()).isZero();
        assertThat(videos.find("gate").orElseThrow().ring().bytes()).isZero();
    }

    @Test
    void shouldCompleteAClipWhenTheConnectionIsLost() throws IOException {
        pass(20);
        recorder.begin("gate", "d1", at(19));
        pass(2);

        tap.format(FORMAT);
        turn();

        assertThat(clips()).singleElement().satisfies(pictures -> assertThat(pictures)
                .isBetween(70L, 81L));
    }

    @Test
    void shouldCompleteAClipWhenTheCameraGoesSilent() throws IOException {
        pass(20);
        recorder.begin("gate", "d1", at(19));
        recorder.end("d1", at(19.5));
        turn();
        assertThat(clips()).isEmpty();

        now = at(40);
        turn();

        assertThat(clips()).containsExactly(60L);
    }

    @Test
    void shouldTellOfAFullDiskAndTryAgainWithTheNextDetection() throws IOException {
        diskFull = true;
        pass(20);
        recorder.begin("gate", "d1", at(19));
        pass(2);
        assertThat(told).containsExactly("gate failed: no space");
        assertThat(recorder.running()).isZero();

        diskFull = false;
        recorder.begin("gate", "d2", at(21));
        recorder.end("d2", at(22));
        pass(10);

        assertThat(clips()).hasSize(1);
        assertThat(halves()).isZero();
    }

    @Test
    void shouldCompleteWhatIsUnderWayWhenItIsClosed() throws IOException {
        pass(20);
        recorder.begin("gate", "d1", at(19));
        pass(1);

        recorder.close();

        assertThat(clips()).hasSize(1);
        assertThat(halves()).isZero();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private ClipListener listener() {
        return new ClipListener() {
            @Override
            public void written(String cameraId) {
                told.add(cameraId + " written");
            }

            @Override
            public void failed(String cameraId, String reason) {
                told.add(cameraId + " failed: " + reason);
            }
        };
    }

    private ClipRecorder.Worker worker() {
        return new ClipRecorder.Worker() {
            @Override
            public void later(Runnable one, Duration pause) {
                work.add(one);
            }

            @Override
            public void close(Runnable last) {
                last.run();
            }
        };
    }

    private final class Folder implements ClipFolder {
        private static Clip last;

        @Override
        public Path begin(Clip clip) throws IOException {
            if (diskFull) {
                throw new IOException("no space");
            }
            last = clip;
            return root.resolve(clip.id() + ".part");
        }

        @Override
        public void complete(Clip clip) throws IOException {
            Files.move(
                    root.resolve(clip.id() + ".part"),
                    root.resolve(clip.id() + ".mp4"),
                    StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void giveUp(Clip clip) {
            assertThat(root.resolve(clip.id() + ".part").toFile().delete() || diskFull)
                    .isTrue();
        }

        @Override
        public void referred(Clip clip) {
            referred.add("/clips/" + clip.id());
        }

        @Override
        public ClipRef link(Clip clip, Instant startsAt, Optional<Duration> length) {
            return new ClipRef("/clips/" + clip.id(), startsAt, length, Optional.empty());
        }
    }
}
