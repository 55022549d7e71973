package io.sightline.hub.api;

import io.sightline.hub.http.Ports;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.launcher.LaunchOptions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the contract and the event schemas, and leads to Hawtio on the other port. */
@RestController
final class DocumentController {
    private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9-]{0,40}\\.v[1-9]");

    private final Contract contract;
    private final LaunchOptions options;
    private final Ports ports;

    DocumentController(Contract contract, LaunchOptions options, Ports ports) {
        this.contract = contract;
        this.options = options;
        this.ports = ports;
    }

    @GetMapping("/api/v1/openapi.yaml")
    ResponseEntity<byte[]> openApi() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/yaml"))
                .body(contract.text().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/api/v1/schemas/{kind}/{version}")
    ResponseEntity<byte[]> schema(@PathVariable String kind, @PathVariable String version) throws IOException {
        String name = kind + "." + version;
        Path file = options.ownRoutes().resolve("events").resolve(name + ".schema.json");
        if (!SCHEMA.matcher(name).matches() || !Files.isRegularFile(file)) {
            throw ProblemException.notFound("The schema");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/schema+json"))
                .body(Files.readAllBytes(file));
    }

    @GetMapping("/hawtio")
    ResponseEntity<Void> hawtio(HttpServletRequest request) {
        return ResponseEntity.status(302)
                .location(URI.create(ports.management(request) + "/actuator/hawtio"))
                .build();
    }
}
