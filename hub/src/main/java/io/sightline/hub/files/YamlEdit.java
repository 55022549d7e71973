package io.sightline.hub.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Changes single entries of a YAML text, found by the positions of their nodes, and leaves every other character as it
 * is: comments, order, blank lines, quotes. What it adds looks like its neighbours. One thread.
 *
 * <p>It trusts that no key stands twice. Whoever writes the text afterwards compares what it says with what was meant.
 */
public final class YamlEdit {
    private YamlFile file;

    public YamlEdit(YamlFile file) {
        this.file = file;
    }

    /** The text as it is now. */
    public String text() {
        return file.text();
    }

    /** The root as it is now. */
    public Node root() {
        return file.root();
    }

    /**
     * Sets the value of a key; keys on the way that are not there are made.
     *
     * @param keys from the root
     * @throws FileProblems if the text would be no YAML any more; nothing has changed then
     */
    public void put(List<String> keys, JsonNode value) {
        MappingNode map = mapping(file.root());
        for (int depth = 0; ; depth++) {
            List<String> rest = keys.subList(depth + 1, keys.size());
            Optional<NodeTuple> found = entry(map, keys.get(depth));
            if (found.isEmpty()) {
                add(map, keys.get(depth), wrapped(rest, value));
                return;
            }
            if (rest.isEmpty()
                    || !(found.get().getValueNode() instanceof MappingNode inner)
                    || inner.getValue().isEmpty()) {
                replace(map, found.get(), wrapped(rest, value));
                return;
            }
            map = inner;
        }
    }

    private static JsonNode wrapped(List<String> keys, JsonNode value) {
        JsonNode wrapped = value;
        for (int i = keys.size() - 1; i >= 0; i--) {
            ObjectNode outer = YamlJson.NODES.objectNode();
            outer.set(keys.get(i), wrapped);
            wrapped = outer;
        }
        return wrapped;
    }

    /**
     * Takes a key away with its value and the comment behind it; a map that was left without keys is {@code {}}.
     *
     * @param keys from the root; at least two
     * @throws FileProblems if the text would be no YAML any more; nothing has changed then
     */
    public void remove(List<String> keys) {
        MappingNode map = mapping(file.root());
        Node holder = map;
        for (String key : keys.subList(0, keys.size() - 1)) {
            NodeTuple tuple = entry(map, key).orElseThrow();
            holder = tuple.getKeyNode();
            map = mapping(tuple.getValueNode());
        }
        NodeTuple gone = entry(map, keys.get(keys.size() - 1)).orElseThrow();
        if (map.getFlowStyle() == FlowStyle.FLOW) {
            removeInLine(map, gone);
        } else {
            removeLines(map, gone, holder);
        }
    }

    /** Replaces values that are texts. @param change of the keys from the root, and the text; empty: stays as it is */
    public void replaceTexts(BiFunction<List<String>, String, Optional<String>> change) {
        var splices = new ArrayList<Splice>();
        collect(file.root(), List.of(), (keys, scalar) -> change.apply(keys, scalar.getValue())
                .ifPresent(text -> splices.add(new Splice(start(scalar), end(scalar), YamlText.text(text)))));
        apply(splices);
    }

    private interface Visitor {
        void visit(List<String> keys, ScalarNode value);
    }

    private static void collect(Node node, List<String> keys, Visitor visitor) {
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                var below = new ArrayList<>(keys);
                below.add(YamlJson.key(tuple.getKeyNode()));
                collect(tuple.getValueNode(), below, visitor);
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> collect(item, keys, visitor));
        } else {
            visitor.visit(keys, (ScalarNode) node);
        }
    }

    private void replace(MappingNode map, NodeTuple tuple, JsonNode value) {
        Node old = tuple.getValueNode();
        int colon = afterColon(tuple);
        int end = Math.max(colon, end(old));
        boolean flow = map.getFlowStyle() == FlowStyle.FLOW;
        if (!flow && value instanceof ObjectNode object && !object.isEmpty()) {
            int indent = column(tuple.getKeyNode());
            int lineEnd = lineEnd(end);
            String comment = text().substring(end, lineEnd).stripTrailing();
            String entries = style().block(object, indent + style().step());
            apply(List.of(new Splice(colon, lineEnd, comment + newline() + entries)));
        } else if (start(old) >= end) {
            apply(List.of(new Splice(colon, colon, " " + YamlText.flow(value))));
        } else if (flow || !text().substring(colon, start(old)).contains("\n")) {
            String written = old instanceof ScalarNode scalar && value.isTextual()
                    ? YamlText.textLike(scalar.getScalarStyle(), value.textValue())
                    : YamlText.flow(value);
            apply(List.of(new Splice(start(old), end, written)));
        } else {
            apply(List.of(new Splice(colon, end, " " + YamlText.flow(value))));
        }
    }

    private void add(MappingNode map, String key, JsonNode value) {
        List<NodeTuple> entries = map.getValue();
        if (entries.isEmpty()) {
            apply(List.of(
                    new Splice(start(map), end(map), "{ " + YamlText.text(key) + ": " + YamlText.flow(value) + " }")));
            return;
        }
        NodeTuple last = entries.get(entries.size() - 1);
        int end = end(last);
        if (map.getFlowStyle() == FlowStyle.FLOW) {
            boolean ownLine =
                    text().substring(start(map), start(last.getKeyNode())).contains("\n");
            String comma = ownLine ? "," + newline() + " ".repeat(column(last.getKeyNode())) : ", ";
            apply(List.of(new Splice(end, end, comma + YamlText.text(key) + ": " + YamlText.flow(value))));
            return;
        }
        int indent = column(last.getKeyNode());
        int at = lineEnd(end);
        String gap = value.isObject() && apart(entries) ? newline() : "";
        String entry = style().entry(key, value, indent, keyByKey(entries));
        apply(List.of(new Splice(at, at, newline() + gap + " ".repeat(indent) + entry)));
    }

    /** Whether the last of them that has keys has a line for each. */
    private static boolean keyByKey(List<NodeTuple> entries) {
        boolean keyByKey = false;
        for (NodeTuple entry : entries) {
            if (entry.getValueNode() instanceof MappingNode map
                    && !map.getValue().isEmpty()) {
                keyByKey = map.getFlowStyle() == FlowStyle.BLOCK;
            }
        }
        return keyByKey;
    }

    /** Whether a blank line stands between the last two. */
    private boolean apart(List<NodeTuple> entries) {
        int count = entries.size();
        return count > 1
                && text().substring(
                                lineEnd(end(entries.get(count - 2))),
                                lineStart(start(entries.get(count - 1).getKeyNode())))
                        .lines()
                        .skip(1)
                        .anyMatch(String::isBlank);
    }

    private void removeInLine(MappingNode map, NodeTuple gone) {
        List<NodeTuple> entries = map.getValue();
        int index = entries.indexOf(gone);
        int from = start(gone.getKeyNode());
        if (entries.size() == 1) {
            apply(List.of(new Splice(start(map), end(map), "{}")));
        } else if (index < entries.size() - 1) {
            apply(List.of(new Splice(from, start(entries.get(index + 1).getKeyNode()), "")));
        } else {
            int before = end(entries.get(index - 1));
            boolean justComma = text().substring(before, from).strip().equals(",");
            apply(List.of(new Splice(justComma ? before : from, end(gone), "")));
        }
    }

    private void removeLines(MappingNode map, NodeTuple gone, Node holder) {
        int from = lineStart(start(gone.getKeyNode()));
        int to = afterLine(end(gone));
        int count = map.getValue().size();
        boolean last = map.getValue().get(count - 1) == gone;
        boolean lonely = last || text().substring(to, lineEnd(to)).isBlank();
        if (lonely && blankLineBefore(from) && count > 1) {
            from = lineStart(from - 1);
        }
        var splices = new ArrayList<Splice>();
        splices.add(new Splice(from, to, ""));
        if (count == 1) {
            int colon = text().indexOf(':', end(holder)) + 1;
            splices.add(new Splice(colon, colon, " {}"));
        }
        apply(splices);
    }

    /** Characters of the text that give way to others. */
    private record Splice(int from, int to, String text) {}

    private void apply(List<Splice> splices) {
        var changed = new StringBuilder(text());
        splices.stream()
                .sorted(Comparator.comparingInt(Splice::from).reversed())
                .forEach(splice -> changed.replace(splice.from(), splice.to(), splice.text()));
        file = YamlFile.parse(file.path(), changed.toString());
    }

    private YamlText style() {
        int step = 2;
        if (file.root() instanceof MappingNode root && !root.getValue().isEmpty()) {
            Node below = root.getValue().get(0).getValueNode();
            if (below instanceof MappingNode map
                    && map.getFlowStyle() == FlowStyle.BLOCK
                    && column(map.getValue().get(0).getKeyNode()) > 0) {
                step = column(map.getValue().get(0).getKeyNode());
            }
        }
        return new YamlText(newline(), step);
    }

    private String newline() {
        return text().contains("\r\n") ? "\r\n" : "\n";
    }

    private static MappingNode mapping(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw new IllegalArgumentException("line " + YamlFile.line(node) + " holds no keys with values");
    }

    private static Optional<NodeTuple> entry(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(tuple -> YamlJson.key(tuple.getKeyNode()).equals(key))
                .findFirst();
    }

    private static int column(Node node) {
        return node.getStartMark().getColumn();
    }

    /** The parser counts code points, a Java text does not. */
    private int at(Mark mark) {
        return text().offsetByCodePoints(0, mark.getIndex());
    }

    private int start(Node node) {
        return at(node.getStartMark());
    }

    private int end(NodeTuple tuple) {
        return Math.max(end(tuple.getKeyNode()), end(tuple.getValueNode()));
    }

    /** Behind the last character that belongs to it; the parser counts comments and blank lines behind it too. */
    private int end(Node node) {
        if (node instanceof MappingNode map && map.getFlowStyle() == FlowStyle.BLOCK) {
            return end(map.getValue().get(map.getValue().size() - 1));
        } else if (node instanceof SequenceNode list && list.getFlowStyle() == FlowStyle.BLOCK) {
            return end(list.getValue().get(list.getValue().size() - 1));
        }
        int end = at(node.getEndMark());
        boolean lines = node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
        while (lines && end > start(node) && Character.isWhitespace(text().charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private int afterColon(NodeTuple tuple) {
        return text().indexOf(':', end(tuple.getKeyNode())) + 1;
    }

    private int lineStart(int at) {
        return text().lastIndexOf('\n', at - 1) + 1;
    }

    /** Before the characters that end the line. */
    private int lineEnd(int at) {
        int end = text().indexOf('\n', at);
        end = end < 0 ? text().length() : end;
        return end > at && text().charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private int afterLine(int at) {
        int end = text().indexOf('\n', at);
        return end < 0 ? text().length() : end + 1;
    }

    private boolean blankLineBefore(int lineStart) {
        return lineStart > 0
                && text().substring(lineStart(lineStart - 1), lineStart).isBlank();
    }
}
