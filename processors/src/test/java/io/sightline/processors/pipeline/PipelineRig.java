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
import io.sightline.processors.clips.ClipRef;
import io.sightline.processors.live.LiveViews;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A pipeline of one camera, from frames to events, behind a detector that sees what it is told to. What a test may turn
 * and look at is a field.
 */
final class PipelineRig implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-21T10:15:00Z");
    private static final Clock CLOCK = Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC);

    private final FramePool frames = new FramePool(4, FrameInfo.bytes(640, 360));
    private final InferencePool pool = new InferencePool(1, InferenceListener.NONE);
    final AtomicInteger encoded = new AtomicInteger();
    final LiveViews live = new LiveViews((frame, overlays) -> {
        encoded.incrementAndGet();
        return new byte[] {1};
    });
    final List<Event> events = new ArrayList<>();
    final List<String> verdicts = new ArrayList<>();
    final List<String> trouble = new ArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private List<SeenObject> seen = List.of();
    long detected;
    boolean broken;
    boolean diskFull;
    MotionSettings motion = MotionSettings.everyFrame();
    Runnable meanwhile = () -> {};
    boolean noCrop;
    boolean clips;
    double sharp = 500;
    final AtomicInteger rated = new AtomicInteger();
    final List<BoundingBox> cropped = new ArrayList<>();
    long number;
    final CameraPipelines pipelines = new CameraPipelines(tools(), events::add);

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

    /** Stops it, and asserts that every frame was given back. */
    @Override
    public void close() {
        context.stop();
        pool.close();
        assertThat(frames.leased()).isZero();
    }

    void stand(double confidence) {
        frame(List.of(new SeenObject("person", confidence, new BoundingBox(100, 150, 40, 90))));
    }

    void walkIn() {
        for (int i = 0; i < 6; i++) {
            walk(100);
        }
    }

    void walk(double x) {
        frame(List.of(new SeenObject("person", 0.8, new BoundingBox(x, 150, 40, 90))));
    }

    void frame(List<SeenObject> objects) {
        seen = objects;
        number++;
        var info = new FrameInfo("gate", number, START.plusMillis(number * 200), 640, 360);
        try (Frame frame = frames.lease().orElseThrow().publish(info)) {
            var template = context.createFluentProducerTemplate();
            template.withBody(frame).to("direct:frames").send();
            template.stop();
        }
    }

    List<String> types() {
        return events.stream().map(Event::type).toList();
    }

    Object lastReason() {
        return events.get(events.size() - 1).data().get("reason");
    }

    static void assertValid(Event event) {
        var sealed = new Envelope("site-7", Envelope.DEFAULT_SCHEMAS, CLOCK).seal(event, "000001-0000000000001", null);
        assertThat(EventSchemas.problems(sealed.bytes())).isEmpty();
    }

    /** Of a camera with a zone, a line and the motion settings in force. */
    PipelineSettings settings() {
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
            public Optional<ClipRef> refer(String detectionId) {
                return clip(START, Optional.of(Duration.ofSeconds(7)));
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
