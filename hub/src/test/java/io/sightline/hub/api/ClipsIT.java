package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.engine.packet.PacketRing;
import io.sightline.hub.clips.ClipFiles;
import io.sightline.hub.console.RunningHub;
import io.sightline.hub.console.StreetVideo;
import io.sightline.processors.clips.ClipFolder;
import io.sightline.processors.clips.KeptVideo;
import io.sightline.processors.clips.KeptVideos;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Cameras' own video through REST and WebSocket, while cameras come, change and go. */
class ClipsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CYCLES = 5;

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path folder;

    private static RunningHub hub;
    private static RestCalls calls;
    private static String admin;
    private static Path street;

    @BeforeAll
    static void start() throws Exception {
        street = StreetVideo.write(folder.resolve("street.mp4"));
        hub = RunningHub.start(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  detectors:
                    movers: { type: motion }
                  cameras:
                    yard: { uri: "file:%s", detector: movers, clips: { enabled: true, before: 1s, after: 1s, longest: 4s } }
                    split:
                      uri: "file:%s"
                      streams: { record: "file:%s" }
                      detector: movers
                """.formatted(street, street, StreetVideo.write(folder.resolve("other.mp4"))));
        calls = new RestCalls(hub);
        admin = "Bearer " + hub.token();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void shouldHoldNothingOfCamerasThatCameChangedAndWent() throws Exception {
        // Given
        List<PacketRing> rings = new ArrayList<>();
        String keys = "\"uri\":\"file:" + street + "\",\"detector\":\"movers\"";
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            // When
            change("POST", "/api/v1/cameras", "{\"id\":\"guest\"," + keys + ",\"clips\":{\"enabled\":true}}", 201);
            PacketRing ring = kept("guest").orElseThrow().ring();
            rings.add(ring);
            await().atMost(PATIENCE).until(() -> ring.reserved() > 0);
            change("PUT", "/api/v1/cameras/guest", "{" + keys + ",\"clips\":{\"enabled\":false}}", 200);
            assertThat(ring.reserved()).isZero();
            change("PUT", "/api/v1/cameras/guest", "{" + keys + ",\"clips\":{\"enabled\":true},\"detect-fps\":2}", 200);
            await().atMost(PATIENCE).until(() -> ring.reserved() > 0);
            change("DELETE", "/api/v1/cameras/guest", null, 204);
        }
        // Then
        assertThat(kept("guest")).isEmpty();
        assertThat(rings).doesNotHaveDuplicates().allSatisfy(ring -> assertThat(ring.reserved())
                .isZero());
        assertThat(hub.bean(KeptVideos.class).all()).hasSize(2);
    }

    @Test
    void shouldTellWhatCanBeHadOfACamerasVideo() throws Exception {
        await().atMost(PATIENCE).until(() -> video("yard").path("live").asBoolean());

        assertThat(video("yard").path("codec").asText()).isEqualTo("h264");
        assertThat(video("yard").path("clips").asBoolean()).isTrue();
        await().atMost(PATIENCE).until(() -> video("split").path("live").asBoolean());
        assertThat(video("split").path("clips").asBoolean()).isFalse();
    }

    @Test
    void shouldSendTheRecordedStreamOfACameraToWhoWatches() throws Exception {
        await().atMost(PATIENCE).until(() -> video("split").path("live").asBoolean());
        var watching = new Watching();

        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", admin)
                .buildAsync(
                        URI.create(hub.at("/api/v1/ws/cameras/split/live")
                                .toString()
                                .replaceFirst("http", "ws")),
                        watching)
                .get(10, TimeUnit.SECONDS);

        await().atMost(PATIENCE).until(() -> watching.messages.size() >= 3);
        assertThat(RestCalls.json(calls.ask("GET", "/api/v1/cameras/split", admin, null))
                        .at("/video/codec")
                        .asText())
                .isEqualTo("h264");
        assertThat(watching.text.join()).contains("\"codec\":\"avc1.", "\"width\":320");
        assertThat(box(watching.messages.get(0))).isEqualTo("ftyp");
        assertThat(box(watching.messages.get(1))).isEqualTo("moof");
        assertThat(kept("split").orElseThrow().ring().reserved()).isPositive();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        await().atMost(PATIENCE).until(() -> kept("split").orElseThrow().ring().reserved() == 0);
    }

    @Test
    void shouldLinkTheClipOfADetection() throws Exception {
        await().atMost(PATIENCE).until(() -> newestClip().isPresent());
        JsonNode detection = newestClip().orElseThrow();
        String path = "/api/v1/detections/" + detection.path("id").asText() + "/clip";
        await().atMost(PATIENCE).until(() -> calls.ask("GET", path, admin, null).statusCode() == 200);

        JsonNode link = RestCalls.json(calls.ask("POST", path + "/link", admin, "{\"expires_in\":600}"));
        String href = link.path("href").asText();

        assertThat(calls.ask("GET", href, null, null).statusCode()).isEqualTo(200);
        RestCalls.assertProblem(calls.ask("GET", href + "x", null, null), 404);
        RestCalls.assertProblem(calls.ask("GET", href.replace("expires=", "expires=1"), null, null), 404);
        RestCalls.assertProblem(calls.ask("GET", detection.at("/clip/href").asText(), null, null), 401);
    }

    @Test
    void shouldShowNoClipFromBeforePrivacyAlsoWhenTheCameraIsGone() throws Exception {
        // Given: a clip of a camera that had no privacy
        String keys = "\"uri\":\"file:" + street + "\",\"detector\":\"movers\"";
        String privacy = ",\"privacy\":{\"regions\":{\"all\":{\"polygon\":[[0,0],[1,0],[1,1]]}}}";
        change("POST", "/api/v1/cameras", "{\"id\":\"door\"," + keys + "}", 201);
        var clip = new ClipFolder.Clip("door", "0198aaaa-0000-7000-8000-000000000001");
        ClipFiles files = hub.bean(ClipFiles.class);
        Files.write(files.begin(clip), new byte[9]);
        files.complete(clip);
        String signed = files.sign(clip, Duration.ofHours(1)).href();
        String href = "/api/v1/clips/door/" + clip.id() + ".mp4";
        assertThat(calls.ask("GET", signed, null, null).statusCode()).isEqualTo(200);
        // When
        change("PUT", "/api/v1/cameras/door", "{" + keys + privacy + "}", 200);
        change("DELETE", "/api/v1/cameras/door", null, 204);
        // Then
        RestCalls.assertProblem(calls.ask("GET", signed, null, null), 403);
        RestCalls.assertProblem(calls.ask("GET", href, admin, null), 403);
        // When: another camera takes its name
        change("POST", "/api/v1/cameras", "{\"id\":\"door\"," + keys + "}", 201);
        // Then
        RestCalls.assertProblem(calls.ask("GET", signed, null, null), 403);
        change("DELETE", "/api/v1/cameras/door", null, 204);
    }

    private static Optional<JsonNode> newestClip() throws Exception {
        JsonNode page = RestCalls.json(calls.ask("GET", "/api/v1/detections?camera_id=yard", admin, null));
        for (JsonNode one : page.path("detections")) {
            if (one.hasNonNull("clip") && one.hasNonNull("ended_at")) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static Optional<KeptVideo> kept(String camera) {
        return hub.bean(KeptVideos.class).find(camera);
    }

    private static JsonNode video(String camera) throws Exception {
        return RestCalls.json(calls.ask("GET", "/api/v1/cameras/" + camera, admin, null))
                .path("video");
    }

    private static void change(String method, String path, String body, int expected) throws Exception {
        var answer = calls.ask(method, path, admin, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    }

    private static String box(byte[] message) {
        return new String(message, 4, 4, StandardCharsets.ISO_8859_1);
    }

    /** Keeps what a socket sends. */
    private static final class Watching implements WebSocket.Listener {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final List<byte[]> messages = new CopyOnWriteArrayList<>();
        private final StringBuilder words = new StringBuilder();
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            words.append(data);
            if (last) {
                text.complete(words.toString());
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            part.writeBytes(bytes);
            if (last) {
                messages.add(part.toByteArray());
                part.reset();
            }
            socket.request(1);
            return null;
        }
    }
}
