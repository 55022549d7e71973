package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.engine.detect.BoundingBox;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.detect.DetectorInfo;
import io.sightline.engine.detect.InferenceListener;
import io.sightline.engine.detect.InferencePool;
import io.sightline.engine.detect.Observation;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.detect.SeenObject;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.motion.Sensitivity;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.GroundPlane;
import io.sightline.engine.scene.GroundPoint;
import io.sightline.engine.scene.NearMissRule;
import io.sightline.engine.scene.ObjectFilter;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.Overlay;
import io.sightline.processors.Event;
import io.sightline.processors.Ids;
import io.sightline.processors.live.Layer;
import io.sightline.processors.live.LiveViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pictures of one camera may show, whom it believes, and what it tells of several objects at once. */
class PictureRulesTest {
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");
    private static final Clock CLOCK = Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC);
    private static final List<Point> ALL = List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1));
    private static final PrivacySettings PEOPLE =
            new PrivacySettings(Set.of("person"), List.of(), PrivacySettings.Strength.STRONG);

    private final FramePool frames = new FramePool(4, FrameInfo.bytes(640, 360));
    private final InferencePool pool = new InferencePool(1, InferenceListener.NONE);
    private final List<Event> events = new ArrayList<>();
    /** Whether the middle of a person could be made out in each picture that was encoded. */
    private final List<Boolean> recognisable = new ArrayList<>();

    private final List<List<Overlay>> drawn = new ArrayList<>();
    private final LiveViews live = new LiveViews(this::encode);
    private final List<DetectionException> failures = new ArrayList<>();
    private long number;
    /** Whether a darker block goes through the picture. */
    private boolean walking;

    @AfterEach
    void stop() {
        pool.close();
        assertThat(frames.leased()).isZero();
    }

    @Test
    void shouldMakeNoPictureOfAnybodyUncovered() throws Exception {
        var pipeline = new CameraPipeline(settings(SceneSettings.EMPTY, Sieve.OPEN, PEOPLE), tools());

        try (var viewer = live.ensure("gate").watch()) {
            for (int i = 0; i < 6; i++) {
                look(pipeline, person(100));
            }
            try (Frame frame = frame()) {
                pipeline.showOnly(frame);
            }
            viewer.await(0, Duration.ZERO).orElseThrow();
        }

        assertThat(recognisable).hasSizeGreaterThan(7).doesNotContain(true); // live, snapshot, and without a look
    }

    @Test
    void shouldShowEverythingWhereNothingIsAskedFor() throws Exception {
        var pipeline = new CameraPipeline(settings(SceneSettings.EMPTY, Sieve.OPEN, PrivacySettings.NONE), tools());

        for (int i = 0; i < 6; i++) {
            look(pipeline, person(100));
        }

        assertThat(recognisable).isNotEmpty().doesNotContain(false);
    }

    @Test
    void shouldCoverWhomAFilterRefuses() throws Exception {
        var nobody = new Sieve(List.of(new ObjectFilter("person", 0, 0, 0, 1, 0)), List.of());
        var pipeline = new CameraPipeline(settings(SceneSettings.EMPTY, nobody, PEOPLE), tools());

        try (var viewer = live.ensure("gate").watch()) {
            for (int i = 0; i < 6; i++) {
                look(pipeline, person(100));
            }
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
        }

        assertThat(events).isEmpty();
        assertThat(recognisable).isNotEmpty().doesNotContain(true);
    }

    @Test
    void shouldRefuseToCoverWhatTheDetectorNeverTells() {
        var faces = new PrivacySettings(Set.of("face"), List.of(), PrivacySettings.Strength.STRONG);

        assertThatThrownBy(() -> settings(SceneSettings.EMPTY, Sieve.OPEN, faces))
                .hasMessageContaining("nobody would cover [face]")
                .hasMessageContaining("[person, car]");
    }

    @Test
    void shouldKeepCoveringWhileNothingMoves() throws Exception {
        // Given: somebody whom the detector is too unsure of for a track
        var detector = new Scripted(List.of("person"));
        detector.seen = List.of(new SeenObject("person", 0.2, new BoundingBox(100, 150, 40, 90)));
        var pipeline = new CameraPipeline(settings(detector, PEOPLE, MotionSettings.defaults()), tools());

        // When: more than a minute, with one forced look that misses the person
        try (var viewer = live.ensure("gate").watch()) {
            for (int i = 0; i < 350; i++) {
                if (i == 20) {
                    detector.seen = List.of();
                }
                pass(pipeline);
            }
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
        }

        // Then
        assertThat(detector.regions).hasSizeLessThan(20);
        assertThat(recognisable).hasSize(350).doesNotContain(true);
    }

    @Test
    void shouldCoverStillPicturesWholeAfterAFailedLookAndLookAgain() throws Exception {
        var detector = new Scripted(List.of("person"));
        var pipeline = new CameraPipeline(settings(detector, PEOPLE, MotionSettings.defaults()), tools());
        for (int i = 0; i < 10; i++) {
            pass(pipeline);
        }
        assertThat(pass(pipeline).looked()).isFalse();

        // When: somebody goes through while the detector fails, and then nothing moves
        detector.broken = true;
        try (var viewer = live.ensure("gate").watch()) {
            for (int i = 0; i < 40; i++) {
                walking = i < 5;
                assertThat(pass(pipeline).looked()).isTrue();
            }
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
        }
        detector.broken = false;

        // Then
        assertThat(failures).hasSize(40);
        assertThat(recognisable).hasSize(40).doesNotContain(true);
        assertThat(pass(pipeline).looked()).isTrue();
        assertThat(pass(pipeline).looked()).isFalse();
    }

    @Test
    void shouldLookAtAllOfThePictureWhereSomebodyIsCovered() throws Exception {
        var masked = new MotionSettings(true, Sensitivity.MEDIUM, Duration.ofSeconds(60), List.of(ALL));
        var parts = new Scripted(List.of("person"));
        var nowhere = new Scripted(List.of("person"));
        var whole = new Scripted(List.of("person"));
        var open = new CameraPipeline(settings(parts, PrivacySettings.NONE, MotionSettings.defaults()), tools());
        var blind = new CameraPipeline(settings(nowhere, PrivacySettings.NONE, masked), tools());
        var kept = new CameraPipeline(settings(whole, PEOPLE, masked), tools());

        for (int i = 0; i < 40; i++) {
            walking = i > 10;
            pass(open);
            pass(blind);
            pass(kept);
        }

        assertThat(parts.regions).anyMatch(regions -> regions > 0);
        assertThat(nowhere.regions).hasSizeLessThan(10);
        assertThat(whole.regions).hasSizeGreaterThan(25).containsOnly(0);
    }

    @Test
    void shouldCoverEverythingWhileNobodyKnowsWhatTheDetectorTells() throws Exception {
        // Given: a model that is not there yet
        var detector = new Scripted(List.of());
        detector.broken = true;
        var pipeline = new CameraPipeline(settings(detector, PEOPLE, MotionSettings.everyFrame()), tools());

        // When: it comes, and knows no people
        try (var viewer = live.ensure("gate").watch()) {
            pass(pipeline);
            detector.broken = false;
            detector.labels = List.of("car");
            pass(pipeline);
            assertThat(viewer.await(0, Duration.ZERO)).isPresent();
        }

        // Then
        assertThat(recognisable).hasSize(2).doesNotContain(true);
        assertThat(failures)
                .extracting(DetectionException::getMessage)
                .containsExactly(
                        "not now",
                        "camera 'gate': privacy: nobody would cover [person], the detector 'people' tells [car];"
                                + " choose another detector or other classes");

        // When: it comes as it should be
        detector.labels = List.of("person");
        assertThat(pass(pipeline).observation()).isPresent();
    }

    @Test
    void shouldTellOfCrowdsAndNearMisses() throws Exception {
        var zone = new Zone("yard", ALL, Set.of(), Duration.ZERO, Priority.LOW, 2, Duration.ofMillis(400));
        var ground = new GroundPlane(
                ALL,
                List.of(
                        new GroundPoint(0, 0),
                        new GroundPoint(20, 0),
                        new GroundPoint(20, 20),
                        new GroundPoint(0, 20)));
        var rule = new NearMissRule(2, Set.of("person"), Set.of("car"), 1);
        var scene = new SceneSettings(List.of(zone), List.of(), Optional.of(ground), Optional.of(rule));
        var pipeline = new CameraPipeline(settings(scene, Sieve.OPEN, PrivacySettings.NONE), tools());

        for (int i = 0; i < 40; i++) {
            look(pipeline, person(300), new SeenObject("car", 0.9, new BoundingBox(10 + 12 * i, 180, 100, 60)));
        }

        assertThat(events).map(Event::type).contains("io.sightline.crowd.started", "io.sightline.proximity.near-miss");
        assertThat(events).allSatisfy(PipelineRig::assertValid);
        assertThat(events)
                .filteredOn(event -> event.type().equals("io.sightline.zone.entered"))
                .allSatisfy(event -> assertThat(event.data()).containsKey("occupancy"));
        assertThat(events)
                .filteredOn(event -> event.type().endsWith("near-miss"))
                .singleElement()
                .satisfies(event ->
                        assertThat((double) event.data().get("distance")).isLessThan(2));
    }

    @Test
    void shouldDrawWhatEachViewerAskedFor() throws Exception {
        var zone = new Zone("yard", ALL, Set.of(), Duration.ZERO);
        var scene = new SceneSettings(List.of(zone), List.of());
        var pipeline = new CameraPipeline(settings(scene, Sieve.OPEN, PrivacySettings.NONE), tools());
        for (int i = 0; i < 6; i++) {
            look(pipeline, person(100));
        }
        drawn.clear();

        try (var all = live.ensure("gate").watch();
                var same = live.ensure("gate").watch(Set.of(Layer.ZONES, Layer.BOXES));
                var plain = live.ensure("gate").watch(Set.of())) {
            look(pipeline, person(100));

            assertThat(drawn).hasSize(2).anyMatch(List::isEmpty);
            assertThat(drawn)
                    .anySatisfy(overlays ->
                            assertThat(overlays).hasSize(2).first().isEqualTo(new Overlay.Area(ALL, "yard 1", false)));
            assertThat(all.await(0, Duration.ZERO)).isEqualTo(same.await(0, Duration.ZERO));
            assertThat(plain.await(0, Duration.ZERO)).isPresent();
        }
        assertThat(live.ensure("gate").viewers()).isZero();
    }

    private void look(CameraPipeline pipeline, SeenObject... objects) {
        try (Frame frame = frame()) {
            var observation = Optional.of(new Observation(frame.info(), List.of(objects)));
            events.addAll(pipeline.track(new Glance(pipeline, frame, observation, true)));
        }
    }

    /** As the route does it. */
    private Glance pass(CameraPipeline pipeline) throws InterruptedException {
        try (Frame frame = frame()) {
            var glance = pipeline.detect(frame);
            if (glance.observation().isPresent()) {
                events.addAll(pipeline.track(glance));
            } else {
                pipeline.showOnly(frame);
            }
            return glance;
        }
    }

    /** Black and white stripes, a pixel each. */
    private Frame frame() {
        number++;
        var slot = frames.lease().orElseThrow();
        var memory = slot.memory();
        for (int i = 0; i < 640 * 360; i++) {
            boolean inBlock = walking && Math.abs(i % 640 - 300 - number * 8 % 200) < 30 && i / 640 > 200;
            memory.put(i, (byte) (i % 2 == 0 ? 16 : inBlock ? 60 : 235));
        }
        return slot.publish(new FrameInfo("gate", number, START.plusMillis(number * 200), 640, 360));
    }

    private byte[] encode(Frame frame, List<Overlay> overlays) {
        drawn.add(overlays);
        var luma = frame.luma();
        int middle = 200 * 640 + 120;
        recognisable.add(Math.abs((luma.get(middle) & 0xff) - (luma.get(middle + 1) & 0xff)) > 20);
        return new byte[] {1};
    }

    private static SeenObject person(double x) {
        return new SeenObject("person", 0.8, new BoundingBox(x, 150, 40, 90));
    }

    private static PipelineSettings settings(SceneSettings scene, Sieve sieve, PrivacySettings privacy) {
        return settings(new Scripted(List.of("person", "car")), scene, sieve, privacy, MotionSettings.everyFrame());
    }

    private static PipelineSettings settings(Detector detector, PrivacySettings privacy, MotionSettings motion) {
        return settings(detector, SceneSettings.EMPTY, Sieve.OPEN, privacy, motion);
    }

    private static PipelineSettings settings(
            Detector detector, SceneSettings scene, Sieve sieve, PrivacySettings privacy, MotionSettings motion) {
        return new PipelineSettings(
                "gate",
                detector,
                Duration.ofSeconds(20),
                TrackerSettings.defaults(0.5),
                scene,
                sieve,
                privacy,
                Duration.ofSeconds(5),
                Priority.NORMAL,
                motion);
    }

    private PipelineTools tools() {
        PipelineListener listener = new PipelineListener() {
            @Override
            public void observed(String cameraId, int objects) {}

            @Override
            public void detectorFailed(String cameraId, DetectionException problem) {
                failures.add(problem);
            }

            @Override
            public void snapshotLost(String cameraId, String reason) {}
        };
        SnapshotFiles files = jpeg -> new SnapshotRef("/api/v1/snapshots/" + "0".repeat(64) + ".jpg", "0".repeat(64));
        return new PipelineTools(pool, this::encode, files, new Uncut(), live, listener, new Ids(CLOCK), CLOCK);
    }

    /** Sees what it is told to, and remembers in how many parts of each picture it looked; 0 for all of it. */
    private static final class Scripted implements Detector {
        private final List<Integer> regions = new ArrayList<>();
        private volatile List<String> labels;
        private volatile List<SeenObject> seen = List.of();
        private volatile boolean broken;

        Scripted(List<String> labels) {
            this.labels = labels;
        }

        @Override
        public DetectorInfo info() {
            return new DetectorInfo("people", "scripted", "0".repeat(64), labels);
        }

        @Override
        public List<SeenObject> detect(Frame frame) throws DetectionException {
            return detect(frame, List.of());
        }

        @Override
        public List<SeenObject> detect(Frame frame, List<BoundingBox> parts) throws DetectionException {
            if (broken) {
                throw new DetectionException("not now");
            }
            regions.add(parts.size());
            return seen;
        }

        @Override
        public void close() {}
    }
}
