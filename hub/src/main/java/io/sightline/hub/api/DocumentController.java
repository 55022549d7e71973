package io.sightline.hub.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sightline.hub.http.Ports;
import io.sightline.hub.http.ProblemException;
import io.sightline.hub.spine.SpinePorts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the contracts and the event schemas, and leads to Hawtio on the other port. */
@RestController
final class DocumentController {
    private final Contract contract;
    private final EventContract events;
    private final SpinePorts spine;
    private final Ports ports;

    DocumentController(Contract contract, EventContract events, SpinePorts spine, Ports ports) {
        this.contract = contract;
        this.events = events;
        this.spine = spine;
        this.ports = ports;
    }

    @GetMapping("/api/v1/openapi.yaml")
    ResponseEntity<byte[]> openApi() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/yaml"))
                .body(contract.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Names the servers as the caller names this one. */
    @GetMapping("/api/v1/asyncapi.yaml")
    ResponseEntity<byte[]> asyncApi(HttpServletRequest request) throws IOException {
        String host = request.getServerName() + ":";
        var hosts = Map.of("amqp", host + spine.amqp(), "mqtt", host + spine.mqtt(), "jms", host + spine.core());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/yaml"))
                .body(events.asyncApi(hosts).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/api/v1/schemas/{kind}/{version}")
    ResponseEntity<JsonNode> schema(@PathVariable String kind, @PathVariable String version) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/schema+json"))
                .body(events.schema(kind, version).orElseThrow(() -> ProblemException.notFound("The schema")));
    }

    @GetMapping("/hawtio")
    ResponseEntity<Void> hawtio(HttpServletRequest request) {
        return ResponseEntity.status(302)
                .location(URI.create(ports.management(request) + "/actuator/hawtio"))
                .build();
    }
}
