package io.sightline.hub.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A hub in a process of its own, started by the launcher, with free ports and a data folder that goes when it ends. */
final class HubProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 200;
    private static final double KIBIBYTES_PER_MEBIBYTE = 1024;
    private static final String CONFIG = "sightline.yaml";

    private final Path folder;
    private final String password = UUID.randomUUID().toString();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final JsonNode ports;

    /**
     * Starts a hub and waits until it is ready.
     *
     * @param prefix words before the launcher's name, for example {@code taskset -c 0}; may be empty
     * @param configuration the text of {@code sightline.yaml}, without ports
     */
    HubProcess(BenchPlan plan, List<String> prefix, String configuration)
            throws IOException, InterruptedException, SkippedException {
        folder = Files.createTempDirectory("sightline-bench-");
        Files.createDirectory(folder.resolve("config"));
        configure(configuration);
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(plan.launcher().toString(), "run", "--once"));
        command.addAll(List.of("--config", folder.resolve("config").toString()));
        command.addAll(List.of("--data", data().toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().put("SIGHTLINE_ADMIN_PASSWORD", password);
        process = builder.start();
        try {
            ports = ready();
        } catch (IOException | InterruptedException | SkippedException e) {
            close();
            throw e;
        }
    }

    /** Replaces the configuration; the hub takes it up within some seconds. */
    void configure(String configuration) throws IOException {
        Path config = folder.resolve("config").resolve(CONFIG);
        Path fresh = config.resolveSibling(CONFIG + ".new");
        Files.writeString(fresh, """
                sightline:
                  ports: { http: 0, management: 0, core: 0, amqp: 0, mqtt: 0 }
                """ + configuration.indent(2));
        Files.move(fresh, config, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("hub.log");
    }

    private JsonNode ready() throws IOException, InterruptedException, SkippedException {
        Path file = data().resolve("ports.json");
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new SkippedException("the hub did not start: " + lastWords());
            }
            if (Files.exists(file)) {
                return new ObjectMapper().readTree(file.toFile());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new SkippedException("the hub was not ready within " + START.toSeconds() + " s: " + lastWords());
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }

    /** Processor time that the hub has used so far. */
    Duration cpu() throws SkippedException {
        return ProcessHandle.of(ports.path("pid").asLong())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(() -> new SkippedException("this system does not tell what the hub's process costs"));
    }

    /** Memory of the hub that is in the machine's memory now, in mebibytes. */
    double resident() throws IOException, SkippedException {
        Path status = Path.of("/proc", ports.path("pid").asText(), "status");
        if (!Files.isReadable(status)) {
            throw new SkippedException("this system does not tell how much memory the hub has in /proc");
        }
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                        .sum()
                / KIBIBYTES_PER_MEBIBYTE;
    }

    /** What the hub counts, now. */
    Prometheus metrics() throws IOException, InterruptedException, SkippedException {
        String login = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + ports.path("management").asInt() + "/actuator/prometheus"))
                .header("Authorization", "Basic " + login)
                .timeout(ANSWER)
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new SkippedException("the hub answers " + answer.statusCode() + " instead of its figures");
        }
        return new Prometheus(answer.body());
    }

    /** Logs in; the token is good for a quarter of an hour. */
    String token() throws IOException, InterruptedException, SkippedException {
        var login =
                new ObjectMapper().createObjectNode().put("username", "admin").put("password", password);
        String answer = rest(Optional.empty(), "POST", "/auth/login", login.toString());
        return new ObjectMapper().readTree(answer).path("access_token").asText();
    }

    /**
     * Calls the REST interface.
     *
     * @param token as {@link #token} gives it
     * @param body JSON, or empty for none
     * @return the body of the answer
     * @throws SkippedException if the hub refuses
     */
    String rest(Optional<String> token, String method, String path, String body)
            throws IOException, InterruptedException, SkippedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ports.path("http").asInt() + "/api/v1" + path))
                .timeout(ANSWER)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        token.ifPresent(one -> request.header("Authorization", "Bearer " + one));
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new SkippedException(method + " " + path + ": the hub answers " + answer.statusCode());
        }
        return answer.body();
    }

    /** Stops the hub and removes what it wrote. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        FileSystemUtils.deleteRecursively(folder);
    }
}
