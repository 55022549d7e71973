package io.sightline.hub.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.hub.files.YamlEdit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compares trees of keys, and changes one in its text. */
final class KeyPaths {
    private KeyPaths() {}

    /** Keys whose values differ, the outermost that was added or removed, for example {@code cameras.gate.uri}. */
    static List<String> changed(JsonNode before, JsonNode after) {
        var changed = new ArrayList<String>();
        collect(before, after, "", changed);
        return changed;
    }

    private static void collect(JsonNode before, JsonNode after, String key, List<String> changed) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            changed.add(key);
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            collect(before.path(name), after.path(name), key.isEmpty() ? name : key + "." + name, changed);
        }
    }

    /** Makes of one value another in the text, and touches only what differs. */
    static void change(YamlEdit edit, List<String> keys, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() || !after.isObject() || before.isEmpty()) {
            edit.put(keys, after);
            return;
        }
        after.properties().forEach(entry -> {
            JsonNode old = before.path(entry.getKey());
            change(edit, below(keys, entry.getKey()), old, entry.getValue());
        });
        before.fieldNames().forEachRemaining(name -> {
            if (!after.has(name)) {
                edit.remove(below(keys, name));
            }
        });
    }

    private static List<String> below(List<String> keys, String key) {
        var below = new ArrayList<>(keys);
        below.add(key);
        return below;
    }

    /** The tree with another value under these keys; those on the way that are no objects become some. */
    static JsonNode with(JsonNode tree, List<String> keys, JsonNode value) {
        if (keys.isEmpty()) {
            return value;
        }
        ObjectNode made = tree instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        made.set(keys.get(0), with(made.path(keys.get(0)), keys.subList(1, keys.size()), value));
        return made;
    }

    /** The tree without the last of these keys. */
    static JsonNode without(JsonNode tree, List<String> keys) {
        ObjectNode made = tree.deepCopy();
        if (keys.size() == 1) {
            made.remove(keys.get(0));
        } else {
            made.set(keys.get(0), without(made.path(keys.get(0)), keys.subList(1, keys.size())));
        }
        return made;
    }
}
