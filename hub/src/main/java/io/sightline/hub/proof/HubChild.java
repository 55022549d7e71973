package io.sightline.hub.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the whole hub by its launcher, again and again over one data folder. One thread. */
final class HubChild implements AutoCloseable {
    static final String USER = "admin";
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PAGE = 500;
    private static final String CONFIGURATION = """
            sightline:
              ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
            """;

    private final Path folder;
    private final Path launcher;
    private final Ledger ledger;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String password = UUID.randomUUID().toString();
    private @Nullable Child child;

    HubChild(Path launcher, Path folder, Ledger ledger) throws IOException {
        this.launcher = launcher;
        this.folder = folder;
        this.ledger = ledger;
        Files.createDirectories(folder.resolve("config"));
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("config/sightline.yaml"), CONFIGURATION);
    }

    void routes(String yaml) throws IOException {
        Files.writeString(folder.resolve("routes/proof.camel.yaml"), yaml);
    }

    String password() {
        return password;
    }

    /** Starts it and does not wait. */
    void launch() throws IOException {
        Files.deleteIfExists(folder.resolve("data/ports.json"));
        List<String> command = List.of(
                launcher.toString(),
                "run",
                "--once",
                "--config",
                folder.resolve("config").toString(),
                "--routes",
                folder.resolve("routes").toString(),
                "--data",
                folder.resolve("data").toString());
        Map<String, String> environment = Map.of("SIGHTLINE_ADMIN_PASSWORD", password);
        child = new Child(command, environment, folder.resolve("hub.log"), ledger::heard);
    }

    /** @throws IOException with its last words if it does not become ready */
    void awaitReady() throws IOException, InterruptedException {
        if (now().await(line -> line.startsWith("Sightline is ready"), START) == null) {
            throw new IOException("the hub did not start: " + now().lastWords());
        }
    }

    String mqttAddress() throws IOException {
        return "tcp://127.0.0.1:" + ports().path("mqtt").asInt();
    }

    private JsonNode ports() throws IOException {
        return json.readTree(folder.resolve("data/ports.json").toFile());
    }

    /** SIGTERM, without waiting. */
    void askToStop() {
        now().stop();
    }

    void kill() throws InterruptedException {
        now().kill();
    }

    void stop() throws IOException, InterruptedException {
        now().stop();
        if (!now().ends(STOP)) {
            throw new IOException("the hub did not stop within " + STOP.toSeconds() + " s");
        }
    }

    /** Reads the store from its beginning, in its order. */
    void stored(Consumer<byte[]> event) throws IOException, InterruptedException {
        String token = login();
        String after = "";
        while (true) {
            JsonNode page = get("/api/v1/events?limit=" + PAGE + after, token).path("events");
            page.forEach(one -> event.accept(one.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            if (page.size() < PAGE) {
                return;
            }
            after = "&after=" + page.get(page.size() - 1).path("id").asText();
        }
    }

    /** How many events are among the dead letters. */
    long deadLetters() throws IOException, InterruptedException {
        return get("/api/v1/dead-letters", login()).path("total").asLong();
    }

    private String login() throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("username", USER, "password", password));
        HttpRequest request = request("/api/v1/auth/login")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return answer(request).path("access_token").asText();
    }

    private JsonNode get(String path, String token) throws IOException, InterruptedException {
        return answer(request(path).header("Authorization", "Bearer " + token).build());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ports().path("http").asInt() + path))
                .timeout(ANSWER);
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + answer.statusCode());
        }
        return json.readTree(answer.body());
    }

    private Child now() {
        if (child == null) {
            throw new IllegalStateException("launch comes first");
        }
        return child;
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
