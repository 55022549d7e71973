package io.sightline.processors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The published schemas, closed: what they do not name is a problem. */
public final class EventSchemas {
    private static final Path FOLDER = Path.of("..", "routes", "events");
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventSchemas() {}

    /** @return what is wrong with an event's bytes; empty if nothing is */
    public static List<String> problems(byte[] bytes) {
        try {
            var event = JSON.readTree(bytes);
            var parts = event.get("dataschema").asText().split("/");
            var schema = closed(read(parts[parts.length - 2]));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema)
                    .validate(event)
                    .stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode read(String name) throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(FOLDER.resolve(name + ".v1.schema.json")));
    }

    /** Envelope and family in one, with no room for unknown fields. */
    private static JsonNode closed(ObjectNode family) throws IOException {
        var envelope = read("envelope");
        var own = (ObjectNode) family.get("properties");
        ((ObjectNode) envelope.get("properties")).setAll(own);
        close(envelope);
        return envelope;
    }

    private static void close(JsonNode node) {
        var children = new ArrayList<JsonNode>();
        node.forEach(children::add);
        children.forEach(EventSchemas::close);
        if (node instanceof ObjectNode object && object.get("properties") instanceof ObjectNode) {
            object.put("additionalProperties", false);
        }
    }
}
