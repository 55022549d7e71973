package io.sightline.hub.cameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sightline.engine.detect.DetectionException;
import io.sightline.engine.detect.Detector;
import io.sightline.engine.video.Frame;
import io.sightline.engine.video.FrameInfo;
import io.sightline.engine.video.FramePool;
import io.sightline.hub.settings.DetectorSettings;
import io.sightline.hub.settings.SettingsLoader;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorShelfTest {
    /** An ONNX model of 64x64 that answers with one row as YOLOv10 does, whatever it sees: a person. */
    static final byte[] MODEL = Base64.getDecoder()
            .decode(
                    "CAg6nAESBHRpbnlaIAoGaW1hZ2VzEhYKFAgBEhAKAggBCgIIAwoCCEAKAghAKjEIAQgBCAYQAUINb3V0cHV0LWFuc3dlckoYAACA"
                            + "QQAAAEEAAEBCAAAgQmZmZj8AAAAACiEKDW91dHB1dC1hbnN3ZXISBm91dHB1dCIISWRlbnRpdHliHAoGb3V0cHV0EhIKEAgB"
                            + "EgwKAggBCgIIAQoCCAZCBAoAEA0=");

    @TempDir
    Path folder;

    private final Integrations integrations = new Integrations(Clock.systemUTC());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch secondHalf = new CountDownLatch(1);
    private byte[] served = MODEL;
    private HttpServer server;
    private DetectorShelf shelf;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/people.onnx", exchange -> {
            exchange.sendResponseHeaders(200, served.length);
            exchange.getResponseBody().write(served, 0, served.length / 2);
            exchange.getResponseBody().flush();
            try {
                secondHalf.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseBody().write(served, served.length / 2, served.length - served.length / 2);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
        shelf = new DetectorShelf(folder.resolve("models"), integrations);
    }

    @AfterEach
    void stop() {
        shelf.close();
        secondHalf.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldSayHowFarAModelIsAndUseItThen() throws Exception {
        // Given
        Detector detector = shelf.open(settings());
        shelf.put(detector);

        // Then: it cannot look yet, and says why
        await().untilAsserted(() -> assertThat(state().reason()).contains("its model is being fetched, 49 %"));
        assertThat(state().state()).isEqualTo(IntegrationState.DEGRADED);
        assertThat(state().code()).isEqualTo("FETCHING");
        try (var frame = frame()) {
            assertThatThrownBy(() -> detector.detect(frame))
                    .hasMessageContaining("49 %")
                    .extracting(e -> ((DetectionException) e).reason())
                    .isEqualTo(DetectionException.Reason.NOT_READY);
            assertThat(detector.info().model()).isEqualTo("people");

            // When
            secondHalf.countDown();

            // Then
            await().untilAsserted(() -> assertThat(state().state()).isEqualTo(IntegrationState.ONLINE));
            assertThat(detector.detect(frame)).singleElement().satisfies(object -> assertThat(object.label())
                    .isEqualTo("person"));
            assertThat(detector.info().sha256()).isEqualTo(hash());
            assertThat(folder.resolve("models").resolve(hash() + ".onnx")).hasBinaryContent(MODEL);
        }
    }

    @Test
    void shouldUseNoOtherModelThanTheOneAskedFor() throws Exception {
        // Given
        served = new byte[500];
        secondHalf.countDown();

        // When
        shelf.put(shelf.open(settings()));

        // Then
        await().untilAsserted(() -> assertThat(state().state()).isEqualTo(IntegrationState.OFFLINE));
        assertThat(state().code()).isEqualTo("FETCH_FAILED");
        assertThat(state().reason()).contains("is another one");
    }

    @Test
    void shouldForgetADetectorThatIsNoLongerWanted() throws Exception {
        shelf.put(shelf.open(settings()));
        await().untilAsserted(() -> assertThat(state().code()).isEqualTo("FETCHING"));

        shelf.remove("people").orElseThrow().close(); // waits for the thread that fetches
        secondHalf.countDown();

        assertThat(integrations.find("detector", "people")).isEmpty();
        assertThat(folder.resolve("models").resolve(hash() + ".lock")).doesNotExist();
    }

    @Test
    void shouldSayThatAProviderIsMissing() throws Exception {
        Files.write(folder.resolve("people.onnx"), MODEL);

        shelf.put(shelf.open(settings("{ type: onnx, model: people.onnx, provider: directml }")));

        assertThat(state().state()).isEqualTo(IntegrationState.DEGRADED);
        assertThat(state().code()).isEqualTo("FALLBACK");
        assertThat(state().reason()).contains("runs on the processor").contains("directml");
    }

    @Test
    void shouldSayNothingOfADetectorThatRunsAsItShould() throws Exception {
        shelf.put(shelf.open(settings("{ type: hog }")));

        assertThat(integrations.all()).isEmpty();
    }

    private Integration state() {
        return integrations.find("detector", "people").orElseThrow();
    }

    private DetectorSettings settings() throws Exception {
        return settings("{ type: onnx, model: 'http://127.0.0.1:"
                + server.getAddress().getPort() + "/people.onnx', sha256: " + hash() + " }");
    }

    private DetectorSettings settings(String detector) throws IOException {
        Files.writeString(folder.resolve("sightline.yaml"), "sightline:\n  detectors: { people: " + detector + " }\n");
        return SettingsLoader.load(folder).detectors().get("people");
    }

    private static String hash() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(MODEL));
    }

    private static Frame frame() {
        var info = new FrameInfo("gate", 1, Instant.EPOCH, 64, 64);
        return new FramePool(1, info.bytes()).lease().orElseThrow().publish(info);
    }
}
