package io.sightline.hub.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML nodes as JSON values. Numbers and {@code true} and {@code false} without quotes are such; everything else is a
 * text. Numbers are decimals without zeros at their end, so that equal values are equal nodes.
 */
public final class YamlJson {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,9})?");
    private static final int LONGEST_NUMBER = 40;

    private YamlJson() {}

    public static JsonNode of(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = NODES.objectNode();
            mapping.getValue().forEach(tuple -> object.set(key(tuple.getKeyNode()), of(tuple.getValueNode())));
            return object;
        } else if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.getValue().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    static String key(Node key) {
        return key instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getScalarStyle() != ScalarStyle.PLAIN) {
            return NODES.textNode(text);
        } else if (Tag.NULL.equals(node.getTag())) {
            return NODES.nullNode();
        } else if (text.equals("true") || text.equals("false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        return NUMBER.matcher(text).matches() ? number(new BigDecimal(text)) : NODES.textNode(text);
    }

    private static JsonNode number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return DecimalNode.valueOf(plain.scale() < 0 ? plain.setScale(0) : plain); // the factory would write 1E+1
    }

    /**
     * The same with numbers as {@link #of} makes them.
     *
     * @throws IllegalArgumentException if a number has more than 40 digits
     */
    public static JsonNode normal(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode made = NODES.objectNode();
            object.properties().forEach(entry -> made.set(entry.getKey(), normal(entry.getValue())));
            return made;
        } else if (value instanceof ArrayNode array) {
            ArrayNode made = NODES.arrayNode();
            array.forEach(item -> made.add(normal(item)));
            return made;
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            if (number.precision() > LONGEST_NUMBER || Math.abs(number.scale()) > LONGEST_NUMBER) {
                throw new IllegalArgumentException(
                        "got a number of more than " + LONGEST_NUMBER + " digits, allowed are at most so many");
            }
            return number(number);
        }
        return value;
    }
}
