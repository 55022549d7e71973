package io.sightline.hub.cameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sightline.engine.detect.InferenceListener;
import io.sightline.engine.detect.InferencePool;
import io.sightline.hub.crashes.Quarantine;
import io.sightline.hub.crashes.Reports;
import io.sightline.hub.events.Background;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.settings.SightlineSettings;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import io.sightline.processors.Ids;
import io.sightline.processors.clips.KeptVideos;
import io.sightline.processors.live.LiveViews;
import io.sightline.processors.pipeline.CameraPipelines;
import io.sightline.processors.pipeline.PipelineTools;
import io.sightline.processors.pipeline.SnapshotRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasTest {
    @TempDir
    Path folder;

    private final Integrations integrations = new Integrations(Clock.systemUTC());
    private final CameraStates states = new CameraStates(integrations);
    private final InferencePool pool = new InferencePool(1, InferenceListener.NONE);
    private final Background background = new Background();
    private DetectorShelf shelf;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Set<String> broken = new HashSet<>();
    private final KeptVideos videos = new KeptVideos(covered -> {});
    private Quarantine quarantine;
    private Cameras cameras;

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate(CameraRoutes.TEMPLATE)
                        .templateParameter("camera")
                        .from("direct:{{camera}}")
                        .to("log:frames");
            }
        });
        camel.start();
        var tools = new PipelineTools(
                pool,
                (frame, overlays) -> new byte[0],
                jpeg -> new SnapshotRef("/x", "x"),
                new PictureEvidence(() -> "x"),
                new LiveViews((frame, overlays) -> new byte[0]),
                new Listeners.OfPipelines(List.of()),
                new Ids(Clock.systemUTC()),
                Clock.systemUTC());
        var addresses = new Cameras.Addresses(this::ensure, this::ensure);
        var pipelines = new CameraPipelines(tools, event -> {});
        Reports.ofCamera(folder.resolve("crashes"), "hostile", Instant.now());
        quarantine = Quarantine.open(folder.resolve("crashes"), Clock.systemUTC(), 0);
        shelf = new DetectorShelf(folder.resolve("models"), integrations);
        cameras = new Cameras(
                new Cameras.Parts(shelf, pipelines, states, addresses, new CameraKinds(folder.resolve("folders"))),
                videos,
                new CameraRoutes(camel),
                background,
                quarantine);
        cameras.start(() -> settings("a, b"));
    }

    @AfterEach
    void stop() {
        cameras.stop();
        shelf.close();
        camel.stop();
        background.close();
        pool.close();
    }

    @Test
    void shouldGoOnWithOtherCamerasAndTryAgainLater() {
        // Given
        broken.add("c");

        // When
        assertThatThrownBy(() -> cameras.change(settings("a, c, d"))).hasMessageContaining("no address for c");

        // Then
        assertThat(routes()).containsExactlyInAnyOrder("a", "d");
        assertThat(state("c").state()).isEqualTo(IntegrationState.OFFLINE);
        assertThat(state("c").code()).isEqualTo("FAILED");
        assertThat(state("c").reason()).isEqualTo("no address for c");

        // When
        broken.clear();
        cameras.change(settings("a, c, d"));

        // Then
        assertThat(routes()).containsExactlyInAnyOrder("a", "c", "d");
        assertThat(state("c").code()).isEqualTo("CONNECTING");
    }

    @Test
    void shouldTryARemovalAgain() {
        broken.add("b");
        assertThatThrownBy(() -> cameras.change(settings("a"))).isInstanceOf(IllegalStateException.class);

        broken.clear();
        cameras.change(settings("a"));

        assertThat(routes()).containsExactly("a");
        assertThat(integrations.find("camera", "b")).isEmpty();
    }

    @Test
    void shouldMakeAWholeChangeThatFailedBeforeAtADetector() throws IOException {
        // Given: settings that nothing came of
        Files.writeString(folder.resolve("bad.onnx"), "no model");
        Files.writeString(folder.resolve("labels.txt"), "person");
        SightlineSettings unusable =
                settings("a, c", "{ type: onnx, model: bad.onnx, decoder: yolox, labels: labels.txt }");
        assertThatThrownBy(() -> cameras.change(unusable)).isInstanceOf(RuntimeException.class);
        assertThat(routes()).containsExactlyInAnyOrder("a", "b");

        // When
        cameras.change(settings("a, c"));

        // Then
        assertThat(routes()).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void shouldStopACameraWhosePrivacyCannotBeKept() throws IOException {
        // Given: a model that knows people, of which nothing is told
        Files.write(folder.resolve("people.onnx"), DetectorShelfTest.MODEL);
        var cars = "{ type: onnx, model: people.onnx, decoder: yolov10, labels: coco, classes: [car] }";

        // When
        assertThatThrownBy(() -> cameras.change(settings("a", cars, "privacy: { blur: [person] }")))
                .hasMessageContaining("nobody would cover [person]");

        // Then
        assertThat(routes()).isEmpty();
        assertThat(state("a").state()).isEqualTo(IntegrationState.OFFLINE);
        assertThat(state("a").reason()).contains("nobody would cover [person], the detector 'people' tells");

        // When
        cameras.change(settings("a", "{ type: hog }", "privacy: { blur: [person] }"));

        // Then
        assertThat(routes()).containsExactly("a");
        assertThat(state("a").code()).isEqualTo("CONNECTING");
    }

    @Test
    void shouldStartACameraWithPrivacyBeforeItsModelIsThere() {
        String fetched = "{ type: onnx, model: \"https://127.0.0.1:1/people.onnx\", sha256: " + "0".repeat(64)
                + ", labels: coco }";

        cameras.change(settings("a, c", fetched, "privacy: { blur: [person] }"));

        assertThat(routes()).containsExactlyInAnyOrder("a", "c");
        assertThat(state("c").code()).isEqualTo("CONNECTING");
    }

    @Test
    void shouldKeepVideoOfTheCamerasThereAreAndOfNoOthers() {
        String clips = "clips: { enabled: true }";
        for (int cycle = 0; cycle < 20; cycle++) {
            cameras.change(videoSettings("a, c", clips + ", update-interval: " + (cycle + 1) + "s"));
            assertThat(videos.all()).hasSize(2).allMatch(kept -> kept.clips().enabled());
            cameras.change(videoSettings("a", "enabled: false, " + clips));
            assertThat(videos.all()).hasSize(1).noneMatch(kept -> kept.clips().enabled());
        }

        cameras.change(videoSettings("c", clips + ", privacy: { blur: [person] }"));

        assertThat(videos.find("a")).isEmpty();
        assertThat(videos.find("c")).hasValueSatisfying(kept -> assertThat(kept.refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("privacy")));
    }

    @Test
    void shouldConnectAnewWhatReachesOutWhenOtherNetworksAreAllowed() {
        // Given
        String files = "uri: \"file:street.mp4\", streams: { %s }";
        cameras.change(networks("10.0.0.0/8", files.formatted("record: \"rtsp://10.0.0.1/main\"")));
        Route reachesOut = camel.getRoute("camera-a-to-frames");

        // When
        cameras.change(networks("11.0.0.0/8", files.formatted("record: \"rtsp://10.0.0.1/main\"")));

        // Then
        assertThat(camel.getRoute("camera-a-to-frames")).isNotSameAs(reachesOut);

        // Given
        cameras.change(networks("11.0.0.0/8", files.formatted("detect: \"file:small.mp4\"")));
        Route stays = camel.getRoute("camera-a-to-frames");

        // When
        cameras.change(networks("10.0.0.0/8", files.formatted("detect: \"file:small.mp4\"")));

        // Then
        assertThat(camel.getRoute("camera-a-to-frames")).isSameAs(stays);
    }

    @Test
    void shouldTellOfACameraThatIsNoLongerConfigured() {
        List<Integration> told = new CopyOnWriteArrayList<>();
        integrations.listen(told::add);

        cameras.change(settings("b"));

        assertThat(told)
                .extracting(Integration::id, Integration::state, Integration::code)
                .containsExactly(tuple("a", IntegrationState.DISABLED, "REMOVED"));
    }

    @Test
    void shouldDoNothingMoreWhenStopped() {
        cameras.stop();

        cameras.change(settings("a, c"));
        cameras.remakeRoutes();

        assertThat(routes()).isEmpty();
    }

    @Test
    void shouldKeepACameraApartThatTookTheProcessDown() {
        // When
        cameras.change(settings("a, hostile"));
        cameras.remakeRoutes();

        // Then
        assertThat(routes()).containsExactly("a");
        assertThat(state("hostile").state()).isEqualTo(IntegrationState.OFFLINE);
        assertThat(state("hostile").code()).isEqualTo("CRASHED");
        assertThat(state("hostile").reason()).contains("SIGSEGV in libavcodec.so.61", "tried again at");

        // When
        quarantine.release("hostile");
        background.close();

        // Then
        assertThat(routes()).containsExactlyInAnyOrder("a", "hostile");
        assertThat(state("hostile").code()).isEqualTo("CONNECTING");
    }

    @Test
    void shouldConnectACameraAgainThatWasDisabledAndEnabledAfterACrash() {
        cameras.change(settings("hostile"));
        cameras.change(settings("hostile", "{ type: hog }", "enabled: false"));

        cameras.change(settings("hostile"));

        assertThat(routes()).containsExactly("hostile");
    }

    @Test
    void shouldConnectACameraWithAnotherAddressAfterACrash() {
        cameras.change(settings("hostile"));

        cameras.change(settings("hostile", "{ type: hog }", "silence-limit: 7s"));

        assertThat(routes()).containsExactly("hostile");
    }

    @Test
    void shouldRemakeTheRoutesOfAllThatCanBe() throws Exception {
        camel.removeRouteTemplates(CameraRoutes.TEMPLATE);

        cameras.remakeRoutes();

        assertThat(state("a").code()).isEqualTo("FAILED");
        assertThat(state("b").code()).isEqualTo("FAILED");
    }

    private void ensure(String cameraId) {
        if (broken.contains(cameraId)) {
            throw new IllegalStateException("no address for " + cameraId);
        }
    }

    private List<String> routes() {
        return camel.getRoutes().stream()
                .map(route -> route.getRouteId().replaceAll("camera-(.*)-to-frames", "$1"))
                .toList();
    }

    private Integration state(String cameraId) {
        return integrations.find("camera", cameraId).orElseThrow();
    }

    private SightlineSettings settings(String ids) {
        return settings(ids, "{ type: hog }");
    }

    private SightlineSettings settings(String ids, String detector) {
        return settings(ids, detector, "update-interval: 5s");
    }

    private SightlineSettings settings(String ids, String detector, String more) {
        return loaded(ids, detector, "uri: demo:crossing, " + more);
    }

    private SightlineSettings videoSettings(String ids, String more) {
        return loaded(ids, "{ type: hog }", "uri: \"file:street.mp4\", " + more);
    }

    private SightlineSettings networks(String allowed, String keys) {
        return written("  camera-networks: [" + allowed + "]\n  detectors: { people: { type: hog } }\n", "a", keys);
    }

    private SightlineSettings loaded(String ids, String detector, String keys) {
        return written("  detectors: { people: " + detector + " }\n", ids, keys);
    }

    private SightlineSettings written(String begin, String ids, String keys) {
        var text = new StringBuilder("sightline:\n" + begin + "  cameras:\n");
        for (String id : ids.split(", ")) {
            text.append("    ").append(id).append(": { detector: people, " + keys + " }\n");
        }
        try {
            Files.writeString(folder.resolve("sightline.yaml"), text);
            return SettingsLoader.load(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
