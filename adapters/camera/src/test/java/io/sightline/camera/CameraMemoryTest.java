package io.sightline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sightline.camera.CameraStatus.State;
import io.sightline.engine.net.AddressGuard;
import io.sightline.engine.video.FramePool;
import io.sightline.engine.video.NewestFrame;
import io.sightline.engine.video.VideoSources;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A camera for which there is no memory is told of, tried again, and takes nothing else with it. */
@Timeout(120)
class CameraMemoryTest {
    private final List<CameraStatus> statuses = new CopyOnWriteArrayList<>();
    private final CameraFigures figures = new CameraFigures();
    private final NewestFrame newest = new NewestFrame();

    @Test
    void shouldBeOfflineWhileThereIsNoMemoryForPicturesAndComeBackByItself() throws Exception {
        // Given: two tries fail
        var tries = new AtomicInteger();
        var reader = reader(bytes -> {
            if (tries.incrementAndGet() <= 2) {
                throw new OutOfMemoryError("Cannot reserve 2764864 bytes of direct buffer memory");
            }
            return new FramePool(PictureSlots.COUNT, bytes);
        });

        // When
        var thread = new Thread(reader, "camera-reader-test");
        thread.start();
        await().until(() -> statuses.size() >= 3);
        reader.stop();
        thread.join();
        newest.close();

        // Then
        assertThat(statuses).extracting(CameraStatus::state).startsWith(State.OFFLINE, State.OFFLINE, State.ONLINE);
        assertThat(statuses.get(0).code()).isEqualTo("NO_MEMORY");
        assertThat(statuses.get(0).reason())
                .startsWith(
                        "camera gate: no memory for 6 pictures of 640x480, 2700 KiB outside the heap (Cannot reserve")
                .contains("smaller stream", "fewer cameras", "-XX:MaxDirectMemorySize", "next try");
        assertThat(figures.reconnects()).isEqualTo(2);
        assertThat(figures.framesLeased()).isZero();
    }

    @Test
    void shouldBeOfflineWhenMemoryRunsOutWhileReading() throws Exception {
        // Given: the source itself has no memory
        var component = new CameraComponent((video, clock, connected) -> {
            throw new OutOfMemoryError("Physical memory usage is too high");
        });

        // When
        run(component, 0);

        // Then
        assertThat(statuses.get(0).state()).isEqualTo(State.OFFLINE);
        assertThat(statuses.get(0).code()).isEqualTo("NO_MEMORY");
        assertThat(statuses.get(0).reason()).contains("Physical memory usage is too high", "next try");
    }

    @Test
    void shouldLoseOneFrameOnlyWhenMemoryRunsOutInTheRoute() throws Exception {
        // Given
        var component = new CameraComponent((video, clock, connected) -> VideoSources.open(video, clock));

        // When: the first frame finds no memory, the second does
        CameraFigures seen = run(component, 1);

        // Then
        assertThat(seen.framesFailed()).isEqualTo(1);
        assertThat(seen.framesHandled()).isPositive();
        await().untilAsserted(() -> assertThat(seen.framesLeased()).isZero());
    }

    /** Not pretended: in a process that may have less memory outside the heap than a picture takes. */
    @Test
    void shouldSayInItsStateThatMemoryReallyRanOut() throws Exception {
        var without = scarce("-XX:MaxDirectMemorySize=256k");

        assertThat(without).hasSize(2).last().isEqualTo("stopped");
        assertThat(without.get(0))
                .startsWith("OFFLINE NO_MEMORY camera gate: no memory for 6 pictures of ")
                .contains("direct buffer memory")
                .contains("-XX:MaxDirectMemorySize=2g", "next try");
        assertThat(scarce("-XX:MaxDirectMemorySize=64m")).containsExactly("frame", "stopped");
    }

    /** @return what {@link ScarceCamera} printed until it ended by itself */
    private static List<String> scarce(String limit) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:+ExitOnOutOfMemoryError",
                        limit,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScarceCamera.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            var lines = output.lines()
                    .filter(line -> line.matches("(OFFLINE|frame|stopped|nothing).*"))
                    .toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        }
    }

    private CameraReader reader(IntFunction<FramePool> pools) {
        var status = new StatusReport("gate", List.of((CameraListener) (id, one) -> statuses.add(one)));
        return new CameraReader(
                CameraSourceSettings.of("gate", "demo:crossing"),
                new CameraReader.Parts(
                        new CameraReader.Site(
                                (video, clock, connected) -> VideoSources.open(video, clock),
                                Clock.systemUTC(),
                                new HandshakeTurns(),
                                AddressGuard.open(),
                                video -> Optional.empty()),
                        pools,
                        newest,
                        figures,
                        status,
                        new ReconnectPauses(() -> 0),
                        Optional::empty));
    }

    /** Runs a route until it has told a state and, where it has frames, handled one after those that fail. */
    private CameraFigures run(CameraComponent component, int failing) throws Exception {
        var failed = new ArrayList<>();
        try (var camel = new DefaultCamelContext()) {
            camel.addComponent("camera", component);
            camel.getRegistry().bind("listener", (CameraListener) (id, one) -> statuses.add(one));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("camera:gate?uri=demo:crossing&realtime=false").process(exchange -> {
                        if (failed.size() < failing) {
                            failed.add(exchange);
                            throw new OutOfMemoryError("Cannot reserve memory");
                        }
                    });
                }
            });
            camel.start();
            CameraFigures seen = component.figures().get("gate");
            await().until(() -> !statuses.isEmpty() && (failing == 0 || seen.framesHandled() > 0));
            return seen;
        }
    }
}
