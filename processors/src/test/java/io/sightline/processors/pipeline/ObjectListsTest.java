package io.sightline.processors.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sightline.camera.objects.ListedObject;
import io.sightline.camera.objects.ObjectList;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.DetectorSpec;
import io.sightline.engine.detect.Detectors;
import io.sightline.engine.detect.Priority;
import io.sightline.engine.motion.MotionSettings;
import io.sightline.engine.privacy.PrivacySettings;
import io.sightline.engine.scene.Point;
import io.sightline.engine.scene.SceneSettings;
import io.sightline.engine.scene.Sieve;
import io.sightline.engine.scene.Zone;
import io.sightline.engine.track.TrackerSettings;
import io.sightline.engine.video.FrameInfo;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import io.sightline.processors.EventSchemas;
import io.sightline.processors.Ids;
import io.sightline.processors.live.LiveViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a smart camera sees becomes events as if we had seen it, but for the picture. */
class ObjectListsTest {
    private static final Instant START = Instant.parse("2026-11-21T10:15:00Z");
    private static final Clock CLOCK = Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC);
    private static final List<Point> LEFT =
            List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1));

    private final List<Event> events = new ArrayList<>();
    private final LiveViews live = new LiveViews((frame, overlays) -> new byte[0]);
    private final CameraPipelines pipelines = new CameraPipelines(tools(), events::add);
    private final DetectObjects detect = new DetectObjects(pipelines);
    private final TrackObjects track = new TrackObjects(pipelines);
    private long number;

    private PipelineTools tools() {
        return new PipelineTools(
                null,
                (frame, overlays) -> new byte[0],
                jpeg -> new SnapshotRef("/x", "x"),
                new Uncut(),
                live,
                new Quiet(),
                new Ids(CLOCK),
                CLOCK);
    }

    private static final class Quiet implements PipelineListener {
        @Override
        public void observed(String cameraId, int objects) {
            // not asked for here
        }

        @Override
        public void detectorFailed(String cameraId, DetectionException problem) {
            throw new AssertionError(problem);
        }

        @Override
        public void snapshotLost(String cameraId, String reason) {
            throw new AssertionError(reason);
        }
    }

    private void configure() throws DetectionException {
        var zone = new Zone("yard", LEFT, Set.of(), Duration.ZERO, Priority.LOW, 0, Duration.ZERO);
        pipelines.put(new PipelineSettings(
                "dock",
                Detectors.open(new DetectorSpec.Motion("dock", 0.5)),
                Duration.ofSeconds(1),
                new TrackerSettings(0, 1, Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(3)),
                new SceneSettings(List.of(zone), List.of()),
                Sieve.OPEN,
                PrivacySettings.NONE,
                Duration.ZERO,
                Priority.NORMAL,
                MotionSettings.defaults()));
    }

    private void send(ListedObject... objects) throws InterruptedException {
        number++;
        var frame = new FrameInfo("dock", number, START.plusMillis(200 * number), 640, 360);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new ObjectList(frame, List.of(objects)));
        detect.process(exchange);
        track.process(exchange);
        List<?> told = exchange.getMessage().getBody(List.class);
        told.forEach(event -> events.add((Event) event));
        exchange.getExchangeExtension().handoverCompletions().forEach(done -> done.onComplete(exchange));
    }

    @Test
    void shouldTellOfAWalkThroughAZone() throws Exception {
        // Given
        configure();

        // When
        for (int i = 0; i < 20; i++) {
            send(new ListedObject("person", 0.5 + 0.02 * i, 200 + 12 * i, 100, 40 + i, 120));
        }
        for (int i = 0; i < 20; i++) {
            send();
        }

        // Then
        assertThat(events)
                .extracting(Event::type)
                .contains(
                        "io.sightline.detection.started",
                        "io.sightline.zone.entered",
                        "io.sightline.zone.left",
                        "io.sightline.detection.ended")
                .containsOnlyOnce("io.sightline.detection.started", "io.sightline.detection.ended");
        Map<String, Object> ended = events.get(events.size() - 1).data();
        assertThat(ended)
                .containsEntry("snapshot", null)
                .containsEntry("type", "person")
                .doesNotContainKey("crop");
        assertThat(((Map<?, ?>) ended.get("bounding_box")).get("width")).isNotEqualTo(40L);
        assertThat(((Map<?, ?>) ended.get("detector")).get("id")).isEqualTo("dock");
        assertThat(events).allSatisfy(ObjectListsTest::valid);
    }

    private static void valid(Event event) {
        var sealed = new Envelope("site-7", Envelope.DEFAULT_SCHEMAS, CLOCK).seal(event, "000001-0000000000001", null);
        assertThat(EventSchemas.problems(sealed.bytes())).isEmpty();
    }

    @Test
    void shouldShowWhoIsThereWithoutAPicture() throws Exception {
        configure();
        send(new ListedObject("car", 0.9, 10, 10, 100, 60));

        var view = live.find("dock").orElseThrow();

        assertThat(view.tracks()).hasSize(1);
        try (var viewer = view.watch()) {
            assertThat(viewer.await(0, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void shouldEndWhatIsOpenWhenTheCameraIsQuiet() throws Exception {
        configure();
        send(new ListedObject("car", 0.9, 10, 10, 100, 60));

        pipelines.quiet("dock").run();
        pipelines.quiet("dock").run();

        assertThat(events)
                .filteredOn(event -> event.type().endsWith("ended"))
                .singleElement()
                .satisfies(event -> assertThat(event.data()).containsEntry("reason", "lost"));
    }

    @Test
    void shouldPassOverTheListsOfACameraThatIsNotConfigured() throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new ObjectList(new FrameInfo("gone", 1, START, 640, 360), List.of()));
        detect.process(exchange);
        track.process(exchange);
        assertThat((List<?>) exchange.getMessage().getBody(List.class)).isEmpty();
    }
}
