package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.video.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CameraRouteTest {
    private final CamelContext camel = new DefaultCamelContext();
    private final List<CameraStatus> statuses = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        camel.getRegistry().bind("listener", (CameraListener) (id, status) -> statuses.add(status));
        camel.getShutdownStrategy().setTimeout(5);
    }

    @AfterEach
    void stop() {
        camel.stop();
        assertThat(cameraThreads()).isEmpty();
    }

    @Test
    void shouldLeadFramesOfTheDemoSceneThroughTheRoute() throws Exception {
        // Given
        List<Exchange> seen = new CopyOnWriteArrayList<>();
        List<String> sizes = new CopyOnWriteArrayList<>();
        route("camera:demo?uri=RAW(demo:crossing?seed=7)&realtime=false&maxFramesPerSecond=10", exchange -> {
            Frame frame = exchange.getMessage().getBody(Frame.class);
            sizes.add(frame.width() + "x" + frame.height());
            seen.add(exchange);
        });

        // When
        camel.start();

        // Then
        await().until(() -> seen.size() >= 5);
        assertThat(sizes).containsOnly("640x480");
        assertThat(seen.get(0).getMessage().getHeader(CameraConstants.CAMERA_ID))
                .isEqualTo("demo");
        assertThat(seen.get(0).getMessage().getHeader(CameraConstants.CAPTURED_AT))
                .isInstanceOf(Instant.class);
        assertThat(seen.get(0).getMessage().getHeader(CameraConstants.FRAME_SEQUENCE, Long.class))
                .isPositive();
        assertThat(statuses).contains(CameraStatus.online());
    }

    @Test
    void shouldGiveEveryLeaseBackAndCountWhatWasReplaced() throws Exception {
        // Given
        route("camera:demo?uri=demo:crossing&realtime=false&maxFramesPerSecond=10", exchange -> {});
        camel.start();
        CameraFigures figures = figures("demo");
        await().until(() -> figures.framesHandled() >= 20);

        // When
        camel.getRouteController().stopRoute("cam");

        // Then
        assertThat(figures.framesLeased()).isZero();
        assertThat(figures.framesHandled() + figures.framesReplaced() + figures.framesWithoutSlot())
                .isEqualTo(figures.framesDecoded());
        assertThat(cameraThreads()).isEmpty();
    }

    @Test
    void shouldGiveTheLeaseBackWhenTheRouteFails() throws Exception {
        // Given
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("camera:demo?uri=demo:crossing&realtime=false")
                        .routeId("cam")
                        .process(exchange -> {
                            throw new IllegalStateException("no detector");
                        });
            }
        });

        // When
        camel.start();

        // Then
        CameraFigures figures = figures("demo");
        await().until(() -> figures.framesFailed() >= 10);
        camel.getRouteController().stopRoute("cam");
        assertThat(figures.framesLeased()).isZero();
    }

    @Test
    void shouldCountFramesWithoutSlotWhileSomebodyKeepsThem() throws Exception {
        // Given
        List<Frame> kept = new CopyOnWriteArrayList<>();
        route("camera:demo?uri=demo:crossing&realtime=false", exchange -> {
            if (kept.size() < PictureSlots.COUNT) {
                kept.add(exchange.getMessage().getBody(Frame.class).retain());
            }
        });

        // When
        camel.start();

        // Then
        CameraFigures figures = figures("demo");
        await().until(() -> figures.framesWithoutSlot() > 3);
        camel.getRouteController().stopRoute("cam");
        assertThat(figures.framesLeased()).isEqualTo(PictureSlots.COUNT);
        kept.forEach(Frame::close);
        assertThat(figures.framesLeased()).isZero();
    }

    @Test
    void shouldStopWithinSecondsWhileARouteStepHangs() throws Exception {
        // Given
        var inside = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        camel.getShutdownStrategy().setTimeout(1);
        route("camera:demo?uri=demo:crossing", exchange -> {
            inside.countDown();
            never.await();
        });
        camel.start();
        inside.await();
        long before = System.nanoTime();

        // When
        camel.stop();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        await().until(() -> cameraThreads().isEmpty());
    }

    @Test
    void shouldStartAgainAfterStop() throws Exception {
        // Given
        route("camera:demo?uri=demo:crossing&realtime=false", exchange -> {});
        camel.start();
        CameraFigures figures = figures("demo");
        await().until(() -> figures.framesHandled() > 2);
        camel.getRouteController().stopRoute("cam");
        long handled = figures.framesHandled();

        // When
        camel.getRouteController().startRoute("cam");

        // Then
        await().until(() -> figures.framesHandled() > handled);
        assertThat(statuses).extracting(CameraStatus::code).contains("STOPPED");
    }

    @Test
    void shouldTakeTheCameraFromTheCatalogWhereTheUriIsMissing() throws Exception {
        // Given
        var settings = new AtomicReference<>(CameraSourceSettings.of("gate", "demo:crossing"));
        camel.getRegistry().bind("catalog", (CameraCatalog)
                id -> Optional.of(settings.get()).filter(camera -> camera.id().equals(id)));
        route("camera:gate", exchange -> {});

        // When
        camel.start();

        // Then
        await().until(() -> figures("gate").framesHandled() > 0);
    }

    @Test
    void shouldRefuseACameraThatTheCatalogDoesNotKnow() {
        camel.getRegistry().bind("catalog", (CameraCatalog) id -> Optional.empty());

        assertThatThrownBy(() -> camel.getEndpoint("camera:gate"))
                .hasStackTraceContaining("camera 'gate': is not configured");
    }

    @Test
    void shouldRefuseBadOptionsWhenTheRouteIsLoaded() {
        for (String bad : List.of(
                "camera:demo?uri=demo:crossing&fps=5",
                "camera:demo?uri=demo:crossing&maxFramesPerSecond=many",
                "camera:demo?uri=demo:crossing&maxFramesPerSecond=0",
                "camera:demo?uri=ftp://example.org/x",
                "camera:demo?silenceLimit=5s",
                "camera:Demo?uri=demo:crossing")) {
            assertThatThrownBy(() -> camel.getEndpoint(bad)).as(bad).isInstanceOf(Exception.class);
        }
    }

    @Test
    void shouldRefuseASecondRouteForTheSameCamera() throws Exception {
        // Given
        route("camera:demo?uri=demo:crossing", exchange -> {});
        camel.start();

        // When, Then
        assertThatThrownBy(() -> camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("camera:demo?uri=demo:crossing&realtime=false")
                                .routeId("second")
                                .log("x");
                    }
                }))
                .hasStackTraceContaining("is read by route 'cam' already");
    }

    @Test
    void shouldEndAsDisabledWhenAFileWasPlayedOnce() throws Exception {
        // Given
        String folder = TestImages.folder(5).toUri().toString();
        route("camera:clip?uri=" + folder + "&looping=false&maxFramesPerSecond=25", exchange -> {});

        // When
        camel.start();

        // Then
        await().until(() -> statuses.stream().anyMatch(status -> status.state() == State.DISABLED));
        assertThat(statuses.get(statuses.size() - 1).code()).isEqualTo("ENDED");
        assertThat(figures("clip").framesDecoded()).isEqualTo(5);
    }

    private void route(String from, Processor step) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("cam").process(step);
            }
        });
    }

    private CameraFigures figures(String cameraId) {
        return camel.getComponent("camera", CameraComponent.class).figures().get(cameraId);
    }

    static List<String> cameraThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("camera-reader-") || name.contains("camera-pipeline-"))
                .toList();
    }
}
