package io.sightline.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.resource.InputStreamSource;
import io.sightline.processors.Envelope;
import io.sightline.processors.Event;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class EventContractTest {
    private static final URI SERVED = URI.create("https://hub.example/api/v1/schemas");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldLeadFromTheDocumentToEverySchema() throws Exception {
        // Given
        var contract = contract(SERVED);

        // When
        String text = contract.asyncApi(Map.of("mqtt", "hub.example:18883"));

        // Then
        JsonNode document = JSON.valueToTree(new Yaml().load(text));
        assertThat(document.at("/servers/mqtt/host").textValue()).isEqualTo("hub.example:18883");
        List<String> outside = document.findValuesAsText("$ref").stream()
                .filter(reference -> !reference.startsWith("#"))
                .toList();
        assertThat(outside).hasSizeGreaterThan(5).allSatisfy(reference -> {
            String[] parts = reference.split("/");
            assertThat(parts).hasSize(3).startsWith("schemas");
            assertThat(contract.schema(parts[1], parts[2])).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hub.example/api/v1/schemas", "urn:sightline:schemas"})
    void shouldServeSchemasThatLeadToTheEnvelope(String names) throws Exception {
        // Given: a reader that has the address of one schema only, and follows it
        var contract = contract(URI.create(names));
        var schemas = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder ->
                        builder.schemaLoaders(loaders -> loaders.add(address -> served(contract, address.toString()))));
        var envelope = new Envelope("site", URI.create(names), Clock.systemUTC());
        var data = Map.<String, Object>of(
                "kind", "camera", "id", "gate", "state", "ONLINE", "since", "2026-11-21T10:15:00.000Z");
        byte[] event = envelope.seal(
                        new Event(Event.Kind.SYSTEM, "gate", "io.sightline.system", Instant.EPOCH, data, null),
                        "000001-0000000000001",
                        null)
                .bytes();

        // When
        var schema = schemas.getSchema(SchemaLocation.of(SERVED + "/system/v1"));
        ObjectNode broken = (ObjectNode) JSON.readTree(event);
        broken.put("id", "1");

        // Then
        assertThat(schema.validate(broken).toString()).contains("$.id");
        assertThat(schema.validate(JSON.readTree(event)).toString()).doesNotContain("$.id");
    }

    private static InputStreamSource served(EventContract contract, String address) {
        String[] parts = address.split("/");
        return contract.schema(parts[parts.length - 2], parts[parts.length - 1])
                .map(schema -> (InputStreamSource)
                        () -> new ByteArrayInputStream(schema.toString().getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    @Test
    void shouldNameASchemaAsEventsDo() {
        assertThat(contract(SERVED)
                        .schema("detection", "v1")
                        .orElseThrow()
                        .path("$id")
                        .textValue())
                .isEqualTo(SERVED + "/detection/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "../api/openapi", "envelope.v1.schema.json"})
    void shouldServeNothingElse(String kind) {
        assertThat(contract(SERVED).schema(kind, "v1")).isEmpty();
    }

    private static EventContract contract(URI schemas) {
        return new EventContract(new Envelope("site", schemas, Clock.systemUTC()));
    }
}
