package io.sightline.hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real Chromium without a window, driven by the W3C WebDriver protocol. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final URI session;

    private Browser(Process driver, int port, Path profile) throws IOException, InterruptedException {
        this.driver = driver;
        URI base = URI.create("http://127.0.0.1:" + port + "/session");
        JsonNode made = call("POST", base, Map.of("capabilities", Map.of("alwaysMatch", capabilities(profile))));
        this.session = URI.create(base + "/" + made.path("sessionId").asText());
    }

    /** Chromium's driver, where one is installed. */
    static Optional<Path> driver() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "chromedriver"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser open(Path program, Path profile) throws IOException, InterruptedException {
        Process driver = new ProcessBuilder(program.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            return new Browser(driver, port(driver.inputReader()), profile);
        } catch (IOException | InterruptedException | RuntimeException e) {
            driver.destroy();
            throw e;
        }
    }

    private static int port(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            var match = PORT.matcher(line);
            if (match.find()) {
                return Integer.parseInt(match.group(1));
            }
        }
        throw new IOException("chromedriver ended without telling its port");
    }

    private static Map<String, Object> capabilities(Path profile) {
        return Map.of(
                "browserName",
                "chrome",
                "goog:loggingPrefs",
                Map.of("browser", "ALL"),
                "goog:chromeOptions",
                Map.of(
                        "args",
                        List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--user-data-dir=" + profile)));
    }

    void go(URI page) throws IOException, InterruptedException {
        call("POST", at("/url"), Map.of("url", page.toString()));
    }

    /** Chromium's windows are at least 500 wide, so a phone is emulated. */
    void emulatePhone() throws IOException, InterruptedException {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
    }

    void resize(int width, int height) throws IOException, InterruptedException {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    private void devTools(String command, Map<String, Object> parameters) throws IOException, InterruptedException {
        call("POST", at("/goog/cdp/execute"), Map.of("cmd", command, "params", parameters));
    }

    /** @param script body of a function whose result is returned */
    JsonNode eval(String script) throws IOException, InterruptedException {
        return call("POST", at("/execute/sync"), Map.of("script", script, "args", List.of()));
    }

    void type(String selector, String text) throws IOException, InterruptedException {
        JsonNode element = call("POST", at("/element"), Map.of("using", "css selector", "value", selector));
        String id = element.elements().next().asText();
        call("POST", at("/element/" + id + "/value"), Map.of("text", text));
    }

    void click(String selector) throws IOException, InterruptedException {
        JsonNode element = call("POST", at("/element"), Map.of("using", "css selector", "value", selector));
        call("POST", at("/element/" + element.elements().next().asText() + "/click"), Map.of());
    }

    /** Presses the mouse at the first point, moves it to each of the others, and lets it go at the last; points are x, y. */
    void drag(int[]... points) throws IOException, InterruptedException {
        var actions = new ArrayList<Map<String, Object>>();
        for (int[] point : points) {
            actions.add(Map.of("type", "pointerMove", "x", point[0], "y", point[1], "duration", 0));
            if (actions.size() == 1) {
                actions.add(Map.of("type", "pointerDown", "button", 0));
            }
        }
        actions.add(Map.of("type", "pointerUp", "button", 0));
        call(
                "POST",
                at("/actions"),
                Map.of("actions", List.of(Map.of("type", "pointer", "id", "mouse", "actions", actions))));
    }

    /** Presses and lets go one key, wherever the focus is. */
    void press(String key) throws IOException, InterruptedException {
        var down = Map.of("type", "keyDown", "value", key);
        var up = Map.of("type", "keyUp", "value", key);
        call(
                "POST",
                at("/actions"),
                Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", List.of(down, up)))));
    }

    /** Errors that the page or the browser told since the last call. */
    List<String> errors() throws IOException, InterruptedException {
        JsonNode log = call("POST", at("/se/log"), Map.of("type", "browser"));
        return log.findParents("level").stream()
                .filter(entry -> entry.path("level").asText().equals("SEVERE"))
                .map(entry -> entry.path("message").asText())
                .toList();
    }

    void screenshot(Path file) throws IOException, InterruptedException {
        Files.write(
                file,
                Base64.getDecoder().decode(call("GET", at("/screenshot"), null).asText()));
    }

    private URI at(String path) {
        return URI.create(session + path);
    }

    private JsonNode call(String method, URI address, @Nullable Object body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher content = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, content)
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = JSON.readTree(response.body()).path("value");
        if (response.statusCode() != 200) {
            throw new IOException(value.path("message").asText(response.body()));
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        try {
            call("DELETE", session, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.destroy();
        }
    }
}
