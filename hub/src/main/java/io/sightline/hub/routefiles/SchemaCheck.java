package io.sightline.hub.routefiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.sightline.hub.files.Problem;
import io.sightline.hub.files.Suggestion;
import io.sightline.hub.files.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Compares the shape of a route file with Camel's own schema. */
final class SchemaCheck {
    private static final int MOST = 5;

    // Read once: it is large, and never changes while the program runs.
    private static final class Rules {
        private static final JsonNode JSON = read();
        private static final JsonSchema SCHEMA = schema();

        private static JsonSchema schema() {
            JsonMetaSchema words = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                    .keyword(new NonValidationKeyword("deprecated"))
                    .build();
            JsonSchemaFactory factory = JsonSchemaFactory.builder(
                            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4))
                    .metaSchema(words)
                    .build();
            return factory.getSchema(
                    JSON,
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .preloadJsonSchema(false) // most of it is about steps that no file uses
                            .build());
        }

        private static JsonNode read() {
            try (InputStream in = SchemaCheck.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
                return new ObjectMapper()
                        .readTree(Objects.requireNonNull(in, "camel-yaml-dsl is not on the class path"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @return the deepest of what is wrong, because what lies above them only follows */
    List<Problem> check(YamlFile file) {
        var lines = new HashMap<String, Integer>();
        JsonNode json = json(file.root(), "", lines);
        List<ValidationMessage> wrong = Rules.SCHEMA.validate(json).stream()
                .sorted(Comparator.comparingInt((ValidationMessage message) ->
                                -message.getInstanceLocation().getNameCount())
                        .thenComparing(message -> message.getInstanceLocation().toString()))
                .toList();
        if (wrong.isEmpty()) {
            return List.of();
        }
        var told = new ArrayList<String>();
        var problems = new ArrayList<Problem>();
        for (ValidationMessage message : wrong) {
            String place = message.getInstanceLocation().toString();
            if (problems.size() < MOST && told.stream().noneMatch(deeper -> deeper.startsWith(place))) {
                told.add(place);
                problems.add(problem(file, message, lines));
            }
        }
        return problems;
    }

    private static Problem problem(YamlFile file, ValidationMessage message, Map<String, Integer> lines) {
        String place = message.getInstanceLocation().toString();
        if ("additionalProperties".equals(message.getType())) {
            String key = message.getProperty() == null ? "" : message.getProperty();
            int line = lines.getOrDefault(place + "/" + key, lines.getOrDefault(place, 1));
            return new Problem(file.path(), line, "unknown key '" + key + "'" + Suggestion.text(key, known(message)));
        }
        String[] steps = place.split("/");
        String name = steps.length == 0 ? "the file" : "'" + steps[steps.length - 1] + "'";
        String text = message.getMessage().replaceFirst("^\\S*: ", "");
        return new Problem(file.path(), lines.getOrDefault(place, 1), name + ": " + text);
    }

    private static List<String> known(ValidationMessage message) {
        String fragment = message.getSchemaLocation().getFragment().toString();
        JsonNode properties = Rules.JSON
                .at(fragment.replaceFirst("/additionalProperties$", ""))
                .path("properties");
        var names = new ArrayList<String>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode json(Node node, String place, Map<String, Integer> lines) {
        lines.putIfAbsent(place, YamlFile.line(node));
        if (node instanceof MappingNode mapping) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = RouteFile.text(tuple.getKeyNode());
                lines.put(place + "/" + key, YamlFile.line(tuple.getKeyNode()));
                json.set(key, json(tuple.getValueNode(), place + "/" + key, lines));
            }
            return json;
        } else if (node instanceof SequenceNode list) {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            for (Node item : list.getValue()) {
                json.add(json(item, place + "/" + json.size(), lines));
            }
            return json;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        if (Tag.BOOL.equals(node.getTag())) {
            return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
        } else if (Tag.INT.equals(node.getTag()) || Tag.FLOAT.equals(node.getTag())) {
            return number(text);
        } else if (Tag.NULL.equals(node.getTag())) {
            return JsonNodeFactory.instance.nullNode();
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private static JsonNode number(String text) {
        try {
            var number = new BigDecimal(text);
            return number.scale() <= 0
                    ? JsonNodeFactory.instance.numberNode(number.toBigInteger())
                    : JsonNodeFactory.instance.numberNode(number);
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
