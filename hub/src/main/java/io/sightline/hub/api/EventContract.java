package io.sightline.hub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.processors.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The AsyncAPI document and the schemas of events as served. As files they refer to each other by file name, so that every
 * tool can read them where they lie; as served, by address, so that every tool can follow them there. Any thread.
 */
final class EventContract {
    private static final String FOLDER = "sightline/routes/";
    private static final Pattern FILE =
            Pattern.compile("(?:\\.\\./events/)?([a-z][a-z0-9-]{0,40})\\.(v[1-9])\\.schema\\.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Envelope envelope;
    /** As they lie in the file, by the file's name. */
    private final Map<String, JsonNode> schemas = new TreeMap<>();

    EventContract(Envelope envelope) {
        this.envelope = envelope;
        try {
            var files = new PathMatchingResourcePatternResolver().getResources("classpath:" + FOLDER + "events/*.json");
            for (Resource file : files) {
                try (InputStream content = file.getInputStream()) {
                    schemas.put(Objects.requireNonNull(file.getFilename()), JSON.readTree(content));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the schemas of events cannot be read", e);
        }
    }

    /**
     * @param hosts host and port by the name of the server in the document
     * @return AsyncAPI 3 in YAML; its references are relative to the address that it is served at
     */
    String asyncApi(Map<String, String> hosts) throws IOException {
        try (InputStream file = new ClassPathResource(FOLDER + "api/asyncapi.yaml").getInputStream()) {
            ObjectNode document = JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(file));
            refer(document, "schemas/");
            hosts.forEach((name, host) -> ((ObjectNode) document.get("servers").get(name)).put("host", host));
            var style = new DumperOptions();
            style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
            return new Yaml(style).dump(JSON.convertValue(document, Object.class));
        }
    }

    /** @return the JSON Schema of one kind of events; empty where there is none */
    Optional<JsonNode> schema(String kind, String version) {
        return Optional.ofNullable(schemas.get(kind + "." + version + ".schema.json"))
                .map(file -> {
                    ObjectNode schema = file.deepCopy();
                    refer(schema, "../");
                    return named(schema, kind);
                });
    }

    /** With the name that events give in {@code dataschema}, where that is an address. */
    private ObjectNode named(ObjectNode schema, String kind) {
        String name = envelope.schema(kind);
        if (!name.startsWith("http")) {
            return schema;
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.set("$schema", schema.get("$schema"));
        named.put("$id", name);
        return named.setAll(schema);
    }

    private static void refer(JsonNode node, String prefix) {
        node.forEach(child -> refer(child, prefix));
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            Matcher file = FILE.matcher(object.get("$ref").textValue());
            if (file.matches()) {
                object.put("$ref", prefix + file.group(1) + "/" + file.group(2));
            }
        }
    }
}
