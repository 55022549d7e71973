package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.InferenceListener;
import io.sightline.engine.detect.InferencePool;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Verdict;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.Line;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import io.sightline.processors.EventSchemas;
import io.sightline.processors.Ids;
import io.sightline.processors.Timestamps;
import io.sightline.processors.clips.ClipRef;
import io.sightline.processors.live.LiveViews;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");
    private static final Clock CLOCK = Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC);

    private final FramePool frames = new FramePool(4, FrameInfo.bytes(640, 360));
    private final InferencePool pool = new InferencePool(1, InferenceListener.NONE);
    private final AtomicInteger encoded = new AtomicInteger();
    private final LiveViews live = new LiveViews((frame, overlays) -> {
        encoded.incrementAndGet();
        return new byte[] {1};
    });
    private final List<Event> events = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private List<SeenObject> seen = List.of();
    private long detected;
    private boolean broken;
    private boolean diskFull;
    private MotionSettings motion = MotionSettings.everyFrame();
    private Runnable meanwhile = () -> {};
    private boolean noCrop;
    private boolean clips;
    private double sharp = 500;
    private final AtomicInteger rated = new AtomicInteger();
    private final List<BoundingBox> cropped = new ArrayList<>();
    private long number;
    private final CameraPipelines pipelines = new CameraPipelines(tools(), events::add);

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("detectObjects", new DetectObjects(pipelines));
        context.getRegistry().bind("trackObjects", new TrackObjects(pipelines));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:frames")
                        .process("detectObjects")
                        .process(exchange -> meanwhile.run())
                        .process("trackObjects")
                        .split(body())
                        .process(exchange -> events.add(exchange.getMessage().getBody(Event.class)));
            }
        });
        context.start();
        pipelines.put(settings());
    }

    @AfterEach
    void stop() {
        context.stop();
        pool.close();
        assertThat(frames.leased()).isZero();
    }

    @Test
    void shouldTellOfAWalkFromStartToEnd() {
        // When: into the zone, over the line, away
        for (int i = 0; i < 60; i++) {
            walk(40 + i * 8);
        }
        for (int i = 0; i < 40; i++) {
            frame(List.of());
        }

        // Then
        assertThat(types()).startsWith("io.sightline.detection.started").endsWith("io.sightline.detection.ended");
        assertThat(types())
                .contains("io.sightline.zone.entered", "io.sightline.zone.left", "io.sightline.line.crossed")
                .containsOnlyOnce("io.sightline.detection.started", "io.sightline.detection.ended");
        assertThat(events).allSatisfy(PipelineTest::valid);
        var last = events.get(events.size() - 1).data();
        assertThat(last).containsEntry("reason", "left").containsEntry("lines_crossed", List.of("kerb"));
        assertThat(last.get("snapshot")).isNotNull();
        assertThat(pipelines.open("gate")).isZero();
    }

    @Test
    void shouldTellThatItWasLostWithinThePicture() {
        // When: stands in the middle, and is seen no more
        for (int i = 0; i < 10; i++) {
            walk(300);
        }
        for (int i = 0; i < 40; i++) {
            frame(List.of());
        }

        // Then
        var last = events.get(events.size() - 1);
        assertThat(last.type()).isEqualTo("io.sightline.detection.ended");
        assertThat(last.data()).containsEntry("reason", "lost");
        assertThat(events).allSatisfy(PipelineTest::valid);
    }

    @Test
    void shouldLinkTheClipFromTheFirstEventOn() {
        clips = true;
        walkIn();
        pipelines.offline("gate", () -> true).run();

        var first = (Map<?, ?>) events.get(0).data().get("clip");
        var last = (Map<?, ?>) events.get(events.size() - 1).data().get("clip");
        assertThat(first.get("href")).isEqualTo("/api/v1/clips/gate/c.mp4");
        assertThat(first.get("starts_at")).isEqualTo(events.get(0).data().get("started_at"));
        assertThat(first.containsKey("seconds")).isFalse();
        assertThat(last.get("seconds")).isEqualTo(12.345);
        assertThat(last.get("expires_at")).isEqualTo("2026-11-21T10:16:00.000Z");
        assertThat(events).allSatisfy(PipelineTest::valid);
    }

    @Test
    void shouldTellUpdatesAtMostOncePerInterval() {
        for (int i = 0; i < 60; i++) {
            walk(40 + i * 8);
        }

        // 12 s of walking, an interval of 5 s
        assertThat(types().stream().filter(t -> t.endsWith("updated"))).hasSizeBetween(1, 2);
    }

    @Test
    void shouldEndWhatIsOpenWhenTheCameraGoesOrTheHubStops() {
        walkIn();
        pipelines.offline("gate", () -> true).run();
        assertThat(lastReason()).isEqualTo("camera-offline");

        walkIn();
        pipelines.put(settings());
        assertThat(lastReason()).isEqualTo("reconfigured");

        walkIn();
        pipelines.close();
        pipelines.close();
        assertThat(lastReason()).isEqualTo("hub-stopping");

        int before = events.size();
        walkIn(); // frames of a camera that is gone
        assertThat(events).hasSize(before).allSatisfy(PipelineTest::valid);
    }

    @Test
    void shouldNotEndWhatCameAfterTheCameraWasGone() {
        // Given: told that it is gone, acted upon late
        walkIn();
        var late = pipelines.offline("gate", () -> true);
        pipelines.put(settings());
        walkIn();
        assertThat(pipelines.open("gate")).isEqualTo(1);

        // When
        late.run();
        pipelines.offline("gate", () -> false).run();

        // Then
        assertThat(pipelines.open("gate")).isEqualTo(1);
        assertThat(events)
                .noneMatch(event -> "camera-offline".equals(event.data().get("reason")));
    }

    @Test
    void shouldGoOnWhenTheDetectorFails() {
        walkIn();
        broken = true;
        walk(100);
        broken = false;
        walk(100);

        assertThat(trouble).containsExactly("gate: bad day");
        assertThat(pipelines.open("gate")).isEqualTo(1);
    }

    @Test
    void shouldTellWithoutPictureWhenTheDiskIsFull() {
        diskFull = true;

        walkIn();

        assertThat(events.get(0).data()).containsEntry("snapshot", null);
        assertThat(events).allSatisfy(PipelineTest::valid);
        assertThat(trouble).contains("gate: no space");
    }

    @Test
    void shouldProveEachDetectionWithPictureCropAndSettings() {
        walkIn();

        assertThat(cropped).containsExactly(new BoundingBox(100, 150, 40, 90));
        assertThat(events.get(0).data()).containsKey("crop");
        assertThat(events.get(0).data().get("configuration")).hasToString("{revision=" + "1".repeat(64) + "}");
        assertThat(events).allSatisfy(PipelineTest::valid);
    }

    @Test
    void shouldTellWithoutCropWhereItCannotBeCut() {
        noCrop = true;

        walkIn();

        assertThat(events.get(0).data()).doesNotContainKey("crop");
        assertThat(events.get(0).data().get("snapshot")).isNotNull();
        assertThat(trouble).contains("gate: no crop");
    }

    @Test
    void shouldPreferASharpPictureToABlurredOneThatWouldElseBeBetter() {
        // Given
        for (int i = 0; i < 6; i++) {
            stand(0.7);
        }
        int measured = rated.get();

        // When: much more certain, but blurred; then a little more certain and sharp; then no better
        sharp = 1;
        stand(0.95);
        int pictures = encoded.get();
        sharp = 500;
        stand(0.8);
        stand(0.8);

        // Then: measured only where it would else be better
        assertThat(rated.get()).isEqualTo(measured + 2);
        assertThat(pictures).isEqualTo(1);
        assertThat(encoded).hasValue(2);
    }

    private void stand(double confidence) {
        frame(List.of(new SeenObject("person", confidence, new BoundingBox(100, 150, 40, 90))));
    }

    @Test
    void shouldSurviveFramesOutOfOrderAndAThousandObjects() {
        walkIn();
        number -= 3;
        walk(100);
        var crowd = new ArrayList<SeenObject>();
        for (int i = 0; i < 1000; i++) {
            crowd.add(new SeenObject("person", 0.9, new BoundingBox(i % 40 * 15, i / 40 * 13, 12, 12)));
        }
        for (int i = 0; i < 4; i++) {
            frame(crowd);
        }
        pipelines.remove("gate");

        assertThat(events).allSatisfy(PipelineTest::valid);
        assertThat(types().stream().filter(t -> t.endsWith("started")).count())
                .isEqualTo(types().stream().filter(t -> t.endsWith("ended")).count())
                .isGreaterThan(100);
        assertThat(encoded).hasValueLessThan(12); // one picture a frame, however many want it
    }

    @Test
    void shouldCloseAfterARestart() {
        walkIn();

        var closed = DetectionEvents.closedAfterRestart(events.get(0).data(), START, START.plusSeconds(9));

        valid(closed);
        assertThat(closed.key()).isEqualTo("gate");
        assertThat(closed.data()).containsEntry("reason", "hub-restarted");
    }

    @Test
    void shouldEncodeLivePicturesOnlyWhileSomebodyWatches() throws Exception {
        var view = live.find("gate").orElseThrow();
        frame(List.of());
        assertThat(encoded).hasValue(0);

        try (var viewer = view.watch();
                var other = view.watch()) {
            frame(List.of());
            var picture = viewer.await(0, Duration.ZERO).orElseThrow();
            assertThat(other.await(0, Duration.ZERO)).containsSame(picture);
            assertThat(viewer.await(picture.number(), Duration.ZERO)).isEmpty();
        }
        frame(List.of());
        assertThat(encoded).hasValue(1);
    }

    @Test
    void shouldShowNothingOfBeforeTheCameraWasConfiguredAnewOrGone() throws Exception {
        var view = live.find("gate").orElseThrow();
        try (var viewer = view.watch();
                var plain = view.watch(Set.of())) {
            walkIn();
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
            assertThat(view.tracks()).isNotEmpty();

            pipelines.put(settings());
            assertThat(viewer.await(0, Duration.ZERO)).isEmpty();
            assertThat(plain.await(0, Duration.ZERO)).isEmpty();
            assertThat(view.tracks()).isEmpty();

            walkIn();
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
            pipelines.offline("gate", () -> true).run();
            assertThat(viewer.await(0, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void shouldShowAViewerOnlyWhatCameAfterwards() throws Exception {
        var view = live.find("gate").orElseThrow();
        try (var first = view.watch()) {
            frame(List.of());
            try (var second = view.watch()) {
                assertThat(first.await(0, Duration.ZERO)).isPresent();
                assertThat(second.await(0, Duration.ZERO)).isEmpty();

                frame(List.of());
                assertThat(second.await(0, Duration.ZERO)).isPresent();
            }
        }
    }

    @Test
    void shouldDropAFrameThatWasJudgedByOtherSettings() throws Exception {
        walkIn();
        meanwhile = () -> pipelines.put(settings());

        try (var viewer = live.find("gate").orElseThrow().watch()) {
            walk(100);
            broken = true;
            walk(100);
            assertThat(viewer.await(0, Duration.ZERO)).isPresent(); // not looked at: covered by the settings in force
            broken = false;
            walk(100);
            assertThat(viewer.await(0, Duration.ZERO)).isEmpty();
        }

        assertThat(lastReason()).isEqualTo("reconfigured");
        assertThat(pipelines.open("gate")).isZero();
    }

    @Test
    void shouldPassOverStillFramesAndLoseNoEvent() {
        // Given: the gate, and pictures in which nothing moves but whom the detector sees
        motion = MotionSettings.defaults();
        pipelines.put(settings());
        for (int i = 0; i < 30; i++) {
            frame(List.of());
        }
        assertThat(verdicts).startsWith("first").endsWith("still");
        long looked = detected;

        // When: somebody stands there when the minute is over, and goes
        number += 300;
        for (int i = 0; i < 20; i++) {
            walk(100);
        }
        Instant last = START.plusMillis(number * 200);
        for (int i = 0; i < 40; i++) {
            frame(List.of());
        }

        // Then: looked at until the track has ended, no frame later
        assertThat(types())
                .startsWith("io.sightline.detection.started")
                .endsWith("io.sightline.detection.ended")
                .containsOnlyOnce("io.sightline.detection.started", "io.sightline.detection.ended");
        var end = events.get(events.size() - 1);
        assertThat(end.time()).isBetween(last.plusSeconds(3), last.plusSeconds(4));
        assertThat(end.data()).containsEntry("ended_at", Timestamps.text(last));
        assertThat(detected - looked).isBetween(20L + 15, 20L + 18);
        assertThat(verdicts).contains("forced", "track").endsWith("still");
        assertThat(live.find("gate").orElseThrow().tracks()).isEmpty();
    }

    @Test
    void shouldLookAgainAtOnceWhenAForcedLookFails() {
        motion = MotionSettings.defaults();
        pipelines.put(settings());
        for (int i = 0; i < 10; i++) {
            frame(List.of());
        }
        number += 300;
        verdicts.clear();

        broken = true;
        frame(List.of());
        frame(List.of());
        broken = false;
        frame(List.of());
        frame(List.of());

        assertThat(verdicts).containsExactly("forced", "forced", "forced", "still");
    }

    @Test
    void shouldStillShowLivePicturesOfStillFrames() throws Exception {
        motion = MotionSettings.defaults();
        pipelines.put(settings());
        for (int i = 0; i < 10; i++) {
            frame(List.of());
        }
        assertThat(verdicts).endsWith("still");

        try (var viewer = live.find("gate").orElseThrow().watch()) {
            frame(List.of());
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
        }
    }

    private void walkIn() {
        for (int i = 0; i < 6; i++) {
            walk(100);
        }
    }

    private void walk(double x) {
        frame(List.of(new SeenObject("person", 0.8, new BoundingBox(x, 150, 40, 90))));
    }

    private void frame(List<SeenObject> objects) {
        seen = objects;
        number++;
        var info = new FrameInfo("gate", number, START.plusMillis(number * 200), 640, 360);
        try (Frame frame = frames.lease().orElseThrow().publish(info)) {
            var template = context.createFluentProducerTemplate();
            template.withBody(frame).to("direct:frames").send();
            template.stop();
        }
    }

    private List<String> types() {
        return events.stream().map(Event::type).toList();
    }

    private Object lastReason() {
        return events.get(events.size() - 1).data().get("reason");
    }

    private static void valid(Event event) {
        var sealed = new Envelope("site-7", Envelope.DEFAULT_SCHEMAS, CLOCK).seal(event, "000001-0000000000001", null);
        assertThat(EventSchemas.problems(sealed.bytes())).isEmpty();
    }

    private PipelineSettings settings() {
        var zone = new Zone(
                "crossing",
                List.of(new Point(0.3, 0.1), new Point(0.6, 0.1), new Point(0.6, 0.9), new Point(0.3, 0.9)),
                Set.of(),
                Duration.ofSeconds(1));
        var line = new Line("kerb", new Point(0.7, 0.1), new Point(0.7, 0.9), Set.of());
        return new PipelineSettings(
                "gate",
                new Scripted(),
                Duration.ofSeconds(20),
                TrackerSettings.defaults(0.5),
                new SceneSettings(List.of(zone), List.of(line)),
                Sieve.OPEN,
                PrivacySettings.NONE,
                Duration.ofSeconds(5),
                Priority.NORMAL,
                motion);
    }

    private PipelineTools tools() {
        SnapshotFiles files = jpeg -> {
            if (diskFull) {
                throw new IOException("no space");
            }
            return new SnapshotRef("/api/v1/snapshots/" + "0".repeat(64) + ".jpg", "0".repeat(64));
        };
        PipelineListener listener = new PipelineListener() {
            @Override
            public void judged(String cameraId, Verdict verdict) {
                verdicts.add(verdict.word());
            }

            @Override
            public void observed(String cameraId, int objects) {}

            @Override
            public void detectorFailed(String cameraId, DetectionException problem) {
                trouble.add(cameraId + ": " + problem.getMessage());
            }

            @Override
            public void snapshotLost(String cameraId, String reason) {
                trouble.add(cameraId + ": " + reason);
            }
        };
        return new PipelineTools(
                pool,
                (frame, overlays) -> {
                    encoded.incrementAndGet();
                    return new byte[] {2};
                },
                files,
                evidence(),
                live,
                listener,
                new Ids(CLOCK),
                CLOCK);
    }

    private Evidence evidence() {
        return new Evidence() {
            @Override
            public double sharpness(Frame frame, BoundingBox box) {
                rated.incrementAndGet();
                return sharp;
            }

            @Override
            public byte[] crop(byte[] jpeg, BoundingBox box) {
                if (noCrop) {
                    throw new IllegalStateException("no crop");
                }
                cropped.add(box);
                return jpeg;
            }

            @Override
            public Optional<ClipRef> begin(String cameraId, String detectionId, Instant since) {
                return clip(since, Optional.empty());
            }

            @Override
            public Optional<ClipRef> end(String detectionId, Instant lastSeen) {
                return clip(START, Optional.of(Duration.ofMillis(12_345)));
            }

            @Override
            public String revision() {
                return "1".repeat(64);
            }
        };
    }

    private Optional<ClipRef> clip(Instant startsAt, Optional<Duration> length) {
        var signed = new ClipRef.Signed("/api/v1/shared/clips/gate/c.mp4?expires=1&signature=s", START.plusSeconds(60));
        return clips
                ? Optional.of(new ClipRef("/api/v1/clips/gate/c.mp4", startsAt, length, Optional.of(signed)))
                : Optional.empty();
    }

    private final class Scripted implements Detector {
        @Override
        public DetectorInfo info() {
            return new DetectorInfo("people", "scripted", "0".repeat(64), List.of("person"));
        }

        @Override
        public List<SeenObject> detect(Frame frame) throws DetectionException {
            if (broken) {
                throw new DetectionException("bad day");
            }
            detected++;
            return seen;
        }

        @Override
        public void close() {}
    }
}
