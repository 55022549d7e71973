package io.sightline.hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sightline.hub.HubApplication;
import io.sightline.hub.launcher.LaunchOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole hub on free ports, with one drawn camera and one that is switched off. */
public final class RunningHub implements AutoCloseable {
    public static final String PASSWORD = "a-new-password";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final Path data;

    private RunningHub(ConfigurableApplicationContext context, Path data) {
        this.context = context;
        this.data = data;
    }

    public static RunningHub start(Path folder) throws IOException {
        return start(folder, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                  detectors:
                    people: { type: hog }
                  cameras:
                    gate: { name: Main gate, location: North yard, uri: "demo:crossing", detector: people }
                    dock: { name: Loading dock, uri: "demo:crossing", detector: people, enabled: false }
                """);
    }

    /** @param settings the text of sightline.yaml, with ports of 0 */
    public static RunningHub start(Path folder, String settings) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("sightline.yaml"), settings);
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Path data = folder.resolve("data");
        Path home = Path.of("").toAbsolutePath().getParent();
        return new RunningHub(
                HubApplication.start(new LaunchOptions(home, config, routes, data, OptionalInt.empty())), data);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of a type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public String initialPassword() throws IOException {
        return Files.readString(data.resolve("initial-admin-password")).strip();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    public URI onManagement(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port") + path);
    }

    /** Logs the administrator in, with a changed password. */
    public String token() throws IOException, InterruptedException {
        String first = login(initialPassword()).path("access_token").asText();
        HttpRequest change = HttpRequest.newBuilder(at("/api/v1/auth/password"))
                .header("Authorization", "Bearer " + first)
                .header("Content-Type", "application/json")
                .POST(body(Map.of("current_password", initialPassword(), "new_password", PASSWORD)))
                .build();
        return json(change).path("access_token").asText();
    }

    private JsonNode login(String password) throws IOException, InterruptedException {
        return json(HttpRequest.newBuilder(at("/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(body(Map.of("username", "admin", "password", password)))
                .build());
    }

    public JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public static HttpRequest.BodyPublisher body(Object value) throws IOException {
        return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(value));
    }

    @Override
    public void close() {
        context.close();
    }
}
