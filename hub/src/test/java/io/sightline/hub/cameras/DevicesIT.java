package io.sightline.hub.cameras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.camera.CameraComponent;
import io.sightline.camera.CameraFigures;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.status.Integration;
import io.sightline.hub.status.IntegrationState;
import io.sightline.hub.status.Integrations;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that are no video streams, in a whole hub. */
@Timeout(600)
class DevicesIT {
    @TempDir
    Path folder;

    private Path inbox;

    @BeforeEach
    void makeInbox() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    private static String smart(int port) {
        return "    dock: { uri: \"objects:udp://127.0.0.1:" + port + "\", detect-fps: 60, silence-limit: 2s,\n"
                + "      zones: { left: { polygon: [[0,0],[0.5,0],[0.5,1],[0,1]] } } }\n";
    }

    /** @param cameras what stands below {@code cameras:}, by four blanks */
    private static String settings(String cameras) {
        return """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  detectors:
                    people: { type: hog }
                  cameras:
                """ + cameras;
    }

    private static int freePort() throws IOException {
        try (var probe = new DatagramSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static Integration state(RunningHub hub, String camera) {
        return hub.bean(Integrations.class).find("camera", camera).orElseThrow();
    }

    @Test
    void shouldMakeEventsOfWhatASmartCameraSees() throws Exception {
        int port = freePort();
        try (var hub = RunningHub.start(folder, settings(smart(port)));
                var sender = new DatagramSocket()) {
            String token = hub.token();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> "SILENT".equals(state(hub, "dock").code()));

            // When: a person walks through the picture, sent until it is there
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                walk(sender, port);
                return state(hub, "dock").state() == IntegrationState.ONLINE;
            });
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        walk(sender, port);
                        return types(hub, token).contains("io.sightline.zone.left");
                    });

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> types(hub, token).contains("io.sightline.detection.ended"));
            assertThat(types(hub, token)).contains("io.sightline.detection.started", "io.sightline.zone.entered");
            JsonNode detection = get(hub, token, "/api/v1/detections?camera_id=dock")
                    .path("detections")
                    .path(0);
            assertThat(detection.path("type").asText()).isEqualTo("person");
            assertThat(detection.path("snapshot").isNull()).isTrue();
            assertThat(get(hub, token, "/api/v1/cameras/dock").path("detector").asText())
                    .isEqualTo("dock");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> "SILENT".equals(state(hub, "dock").code()));
            assertThat(get(hub, token, "/api/v1/discovery/cameras")
                            .path("discovered")
                            .isArray())
                    .isTrue();
        }
    }

    private int step;

    private void walk(DatagramSocket sender, int port) throws IOException {
        step++;
        String list = String.format(
                Locale.ROOT,
                "{\"sequence\":%d,\"width\":640,\"height\":360,\"objects\":[{\"label\":\"person\",\"confidence\":0.9,"
                        + "\"box\":{\"x\":%d,\"y\":100,\"width\":40,\"height\":120}}]}",
                step,
                20 + step * 4 % 560);
        byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
        sender.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    private static List<String> types(RunningHub hub, String token) throws Exception {
        var types = new ArrayList<String>();
        get(hub, token, "/api/v1/events?limit=500")
                .path("events")
                .forEach(event -> types.add(event.path("type").asText()));
        return types;
    }

    private static JsonNode get(RunningHub hub, String token, String path) throws Exception {
        return hub.json(HttpRequest.newBuilder(hub.at(path))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    @Test
    void shouldLookAtEachImageOfAWatchedFolderOnceAlsoAfterARestart() throws Exception {
        String camera = "    inbox: { uri: \"folder:" + inbox + "\", detector: people, silence-limit: 1s }\n";
        for (int i = 0; i < 12; i++) {
            bring("first-" + i);
        }
        Files.writeString(inbox.resolve("broken.jpg"), "no image");
        Files.setLastModifiedTime(inbox.resolve("broken.jpg"), FileTime.from(Instant.EPOCH));
        try (var hub = RunningHub.start(folder, settings(camera))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            figures(hub).framesHandled() == 12 && figures(hub).framesBroken() == 1);
            assertThat(figures(hub).framesReplaced()
                            + figures(hub).framesWithoutSlot()
                            + figures(hub).framesSkipped())
                    .isZero();
            assertThat(state(hub, "inbox").state()).isEqualTo(IntegrationState.ONLINE);
            var routes = hub.bean(CamelContext.class).getRouteController();

            // When: it begins anew, and knows only what is on disk
            routes.stopRoute(CameraRoutes.routeId("inbox"));
            bring("second");
            routes.startRoute(CameraRoutes.routeId("inbox"));

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> figures(hub).framesHandled() >= 13);
            bring("third");
            await().atMost(Duration.ofSeconds(60)).until(() -> figures(hub).framesHandled() >= 14);
            assertThat(figures(hub).framesDecoded()).isEqualTo(14);
            assertThat(figures(hub).framesBroken()).isEqualTo(1);
            assertThat(Files.readAllLines(folder.resolve("data/folders/inbox.seen")))
                    .hasSizeGreaterThan(13);
        }
    }

    private static CameraFigures figures(RunningHub hub) {
        return ((CameraComponent) hub.bean(CamelContext.class).getComponent("camera"))
                .figures()
                .get("inbox");
    }

    private void bring(String name) throws IOException {
        Path made = folder.resolve(name + ".jpg");
        ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "jpg", made.toFile());
        Files.setLastModifiedTime(made, FileTime.from(Instant.EPOCH));
        Files.move(made, inbox.resolve(name + ".jpg"));
    }
}
