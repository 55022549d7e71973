package io.sightline.hub.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Writes values as people write them in sightline.yaml: small things in one line, {@code { key: value }}, large ones
 * key by key; quotes only where they are needed.
 *
 * @param newline of the file
 * @param step spaces of one level
 */
record YamlText(String newline, int step) {
    /** Longest line of something that could stand on several. */
    private static final int WIDTH = 110;

    /** Texts that some YAML readers take for a truth, though this one does not. */
    private static final Set<String> ALMOST_SWITCHES = Set.of("y", "n");

    /**
     * {@code key: value}, the following lines indented, without a newline at the end.
     *
     * @param keyByKey whether the neighbours have a line for each key, also where one line would do
     */
    String entry(String key, JsonNode value, int indent, boolean keyByKey) {
        String name = text(key) + ":";
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            String line = flow(object);
            boolean small = isLeaf(object) && indent + name.length() + 1 + line.length() <= WIDTH;
            return name + (small && !keyByKey ? " " + line : newline + block(object, indent + step));
        }
        return name + " " + flow(value);
    }

    /** Key by key, each on lines of its own, without a newline at the end. */
    String block(ObjectNode object, int indent) {
        List<String> entries = new ArrayList<>();
        object.properties()
                .forEach(entry ->
                        entries.add(" ".repeat(indent) + entry(entry.getKey(), entry.getValue(), indent, false)));
        return String.join(newline, entries);
    }

    /** Whether it holds no keys with values below its own. */
    private static boolean isLeaf(ObjectNode object) {
        return StreamSupport.stream(object.spliterator(), false).noneMatch(JsonNode::isObject);
    }

    /** In one line. */
    static String flow(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object.isEmpty()
                    ? "{}"
                    : object.properties().stream()
                            .map(entry -> text(entry.getKey()) + ": " + flow(entry.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        } else if (value instanceof ArrayNode array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(YamlText::flow)
                    .collect(Collectors.joining(", ", "[", "]"));
        } else if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return value.isTextual() ? text(value.textValue()) : value.asText();
    }

    /** A text, in double quotes where it would be something else without. */
    static String text(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    /** A text in the quotes that another had in this place, where it can have them. */
    static String textLike(ScalarStyle style, String text) {
        if (style == ScalarStyle.SINGLE_QUOTED && text.chars().noneMatch(c -> c == '\'' || c < ' ')) {
            return "'" + text + "'";
        }
        return style == ScalarStyle.DOUBLE_QUOTED ? quoted(text) : text(text);
    }

    /** Asks the parser itself, inside of brackets, where the fewest characters are allowed. */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || ALMOST_SWITCHES.contains(text.toLowerCase(Locale.ROOT)) || text.contains("\n")) {
            return false;
        }
        try {
            return parser().compose(new StringReader("[ " + text + " ]")) instanceof SequenceNode list
                    && list.getValue().size() == 1
                    && list.getValue().get(0) instanceof ScalarNode scalar
                    && scalar.getScalarStyle() == ScalarStyle.PLAIN
                    && Tag.STR.equals(scalar.getTag())
                    && scalar.getValue().equals(text);
        } catch (YAMLException e) {
            return false;
        }
    }

    private static Yaml parser() {
        var dumper = new DumperOptions();
        var options = new LoaderOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
